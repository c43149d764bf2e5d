using System.Globalization;

namespace GraphWeaver;

/// <summary>
/// In <see cref="ExecutionMode.Verify"/>, the woven body of a method did not do what its original body does. It is thrown on the calling thread,
/// by the call that differed; what both bodies were given holds what the woven body left in it.
/// </summary>
/// <param name="method">The method, with namespace and type.</param>
/// <param name="value">What differs: <c>result</c>, <c>parameter 'x'</c>, <c>field 'state'</c>, <c>exception</c>, or a part of one.</param>
/// <param name="index">Where in a tensor or array it differs, one number for each dimension; empty for what has none.</param>
/// <param name="expected">What the original body gave.</param>
/// <param name="actual">What the woven body gave.</param>
/// <param name="tolerance">The largest distance that would have been accepted; 0 where the bits had to agree.</param>
public sealed class GraphVerificationException(string method, string value, IReadOnlyList<long> index, object? expected, object? actual, double tolerance)
    : Exception(Describe(method, value, index, expected, actual, tolerance))
{
    /// <summary>The method, with namespace and type.</summary>
    public string Method { get; } = method;

    /// <summary>What differs: <c>result</c>, <c>parameter 'x'</c>, <c>field 'state'</c>, <c>exception</c>, or a part of one, as <c>result.Item2</c>.</summary>
    public string Value { get; } = value;

    /// <summary>Where in a tensor or array it differs, one number for each dimension; empty for what has none.</summary>
    public IReadOnlyList<long> Index { get; } = index;

    /// <summary>What the original body gave: an element, or a text about lengths, identity or the exception.</summary>
    public object? Expected { get; } = expected;

    /// <summary>What the woven body gave, as <see cref="Expected"/>.</summary>
    public object? Actual { get; } = actual;

    /// <summary>The largest distance that would have been accepted; 0 where the bits had to agree.</summary>
    public double Tolerance { get; } = tolerance;

    private static string Describe(string method, string value, IReadOnlyList<long> index, object? expected, object? actual, double tolerance)
    {
        string place = index.Count == 0 ? value : $"{value} at [{string.Join(", ", index)}]";
        string allowed = tolerance == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" (a distance of {tolerance:R} is allowed)");
        return $"'{method}' verified: {place} differs: the original body gave {Text(expected)}, the woven body {Text(actual)}{allowed}.";
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
