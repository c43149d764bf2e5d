using System.Diagnostics.CodeAnalysis;

namespace GraphWeaver.Verification;

/// <summary>One value under comparison: whose it is, what it is called, what is allowed, and the objects the woven run has met so far.</summary>
internal sealed record Comparison(string Method, string Value, Tolerance Tolerance, Recording Original, Recording Woven)
{
    internal Comparison Within(string part) => this with { Value = Value + part };

    /// <summary>Demands that the woven body's object is the one that the original's was: the same one it was given, or another of its own.</summary>
    internal void Identity(int expected, object? actual)
    {
        Woven.Value = Value;
        int number = Woven.NumberOf(actual);
        if (number != expected)
        {
            Fail([], Describe(Original, expected), Describe(Woven, number));
        }
    }

    [DoesNotReturn]
    internal void Fail<T>(ReadOnlySpan<nint> index, T expected, T actual)
    {
        long[] place = new long[index.Length];
        for (int dimension = 0; dimension < place.Length; dimension++)
        {
            place[dimension] = index[dimension];
        }

        throw new GraphVerificationException(Method, Value, place, expected, actual, Tolerance.Of(expected));
    }

    private string Describe(Recording recording, int number) =>
        recording.Describe(number) is var text && text == $"the object in {Value}" ? "an object of its own" : text;
}
