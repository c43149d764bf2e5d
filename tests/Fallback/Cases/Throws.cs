using ThirdParty;

namespace Cases;

/// <summary>Family R: exceptions and assertions.</summary>
public static class Throws
{
    [Graph, Case("R01", Folded = 0, Codes = "GW1101", Says = ["GW1101 boom"], Remaining = "new InvalidOperationException; throw")]
    public static int Always() => throw new InvalidOperationException("boom");

    [Graph, Case("R02", Folded = 1, Codes = "GW1101", Says = ["GW1101 four"], Remaining = "new ArgumentException; throw")]
    public static int ConstantTrue()
    {
        if (Third.Twice(2) == 4)
        {
            throw new ArgumentException("four");
        }

        return 1;
    }

    [Graph, Case("R02", Folded = 1)]
    public static int ConstantFalse()
    {
        if (Third.Twice(2) == 5)
        {
            throw new ArgumentException("five");
        }

        return 1;
    }

    [Graph, Case("R03", Folded = 0, Remaining = "branch; new ArgumentOutOfRangeException; throw")]
    [Arguments(-1), Arguments(0), Arguments(7)]
    public static int OnParameter(int x)
    {
        if (x <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(x), "x should be greater than 0.");
        }

        return x + 1;
    }

    [Graph, Case("R03", Folded = 0, Kernels = 1, Remaining = "*", From = nameof(Guarded))]
    public static Tensor<float> BeforeKernel(Tensor<float> x, int check)
    {
        if (check < 0)
        {
            throw new InvalidOperationException("negative");
        }

        return x * 2f;
    }

    [Graph, Case("R04", Folded = 0, Kernels = 1, Remaining = "*", From = nameof(Vectors))]
    public static Tensor<float> OnTensor(Tensor<float> x)
    {
        if (Tensor.Sum<float>(x) > 0)
        {
            throw new InvalidOperationException("positive");
        }

        return x;
    }

    [Graph, Case("R05", MinFolded = 0, Codes = "GW1101", Says = ["GW1101 value 42"], Remaining = "new InvalidOperationException; throw")]
    public static int MessageOfInteger() => throw new InvalidOperationException($"value {42}");

    [Graph, Case("R05", MinFolded = 1, Codes = "GW1101", Says = ["GW1101 1, 2, 3 and (4, 5)"], Remaining = "new InvalidOperationException; throw")]
    public static int MessageOfList() => throw new InvalidOperationException(string.Join(", ", new List<int> { 1, 2, 3 }) + " and " + (4, 5));

    [Graph, Case("R05", Folded = 0, Codes = "GW0103? GW1101", Remaining = "*")]
    public static int MessageUnderCulture() => throw new InvalidOperationException($"value {-0.5}");

    [Graph, Case("R06", MinFolded = 0, Kernels = 1, Fallbacks = 1, Remaining = "*", Codes = "GW1001 GW1101", From = nameof(Vectors))]
    public static Tensor<float> MessageOfTensor(Tensor<float> x) => throw new InvalidOperationException("tensor " + (x + 1f));

    [Serializable]
    public sealed class OwnException(string message, Exception inner) : Exception(message, inner)
    {
        public int Number { get; init; }
    }

    [Graph, Case("R07", MinFolded = 0, Codes = "GW0103? GW1101", Remaining = "*")]
    public static int OwnWithInner()
    {
        var exception = new OwnException("outer", new FormatException("inner")) { Number = 3 };
        exception.Data["key"] = "value";
        throw exception;
    }

    [Graph, Case("R08", Folded = 0, Codes = "GW0103", Says = ["GW0103 third level"], Remaining = "Throws.First")]
    public static int ThreeLevels() => First(1);

    private static int First(int x) => Second(x) + 1;

    private static int Second(int x) => Deepest(x) + 1;

    private static int Deepest(int x) => x > 0 ? throw new NotSupportedException("third level") : 0;

    [Graph, Case("R09", Folded = 0, Remaining = "branch; new ArgumentNullException; throw")]
    [Arguments("a"), Arguments(null)]
    public static string ThrowExpression(string? text) => text ?? throw new ArgumentNullException(nameof(text));

    [Graph, Case("R09", Folded = 0, Remaining = "ArgumentNullException.ThrowIfNull; String.Length")]
    [Arguments("a"), Arguments(null)]
    public static int ThrowHelper(string? text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length;
    }

    [Graph, Case("R09", Folded = 1, Codes = "GW1101?", Remaining = "<PrivateImplementationDetails>.ThrowSwitchExpressionException")]
    public static int SwitchWithoutMatch() => Third.Twice(3) switch { 1 => 10, 2 => 20 };

    [Graph, Case("R09", Folded = 0, Remaining = "*")]
    [Arguments(1), Arguments(3)]
    public static int SwitchWithoutMatchAtRunTime(int x) => x switch { 1 => 10, 2 => 20 };

    [Graph]
#if DEBUG
    [Case("R10", Folded = 1)]
#else
    [Case("R10", Folded = 0)]
#endif
    public static int AssertionTrue()
    {
        Debug.Assert(new[] { 1, 2, 3 }.Contains(1));
        return 1;
    }

    [Graph]
#if DEBUG
    [Case("R10", Folded = 1, Codes = "GW1102", Says = ["GW1102 not in the list"], Remaining = "Debug.Assert")]
#else
    [Case("R10", Folded = 0)]
#endif
    public static int AssertionFalse()
    {
        Debug.Assert(new[] { 2, 3, 4 }.Contains(1), "not in the list");
        return 1;
    }

    [Graph]
#if DEBUG
    [Case("R10", Folded = 0, Remaining = "Debug.Assert")]
#else
    [Case("R10", Folded = 0)]
#endif
    [Arguments(1), Arguments(-1)]
    public static int AssertionOnParameter(int x)
    {
        Debug.Assert(x > 0, "positive");
        return x;
    }

    private static int written;

    [Graph, Case("R11", Folded = 1, Codes = "GW0201 GW1101", Remaining = "Console.WriteLine; new InvalidOperationException; throw")]
    public static int EffectsBefore()
    {
        Console.WriteLine("before");
        written += Math.Abs(-5);
        throw new InvalidOperationException("after");
    }

    [Graph, Case("R11", Folded = 0, Fallbacks = 1, Codes = "GW0103 GW0201 GW0201 GW1001", Remaining = "Console.WriteLine; Third.Fail")]
    public static int PrintsAroundThrowingCall()
    {
        Console.WriteLine("before");
        var x = Third.Fail(0);
        Console.WriteLine("after");
        return x;
    }

    private static IEnumerable<object?[]> Vectors() => [[Tensor.Create(new[] { 1f, 2f })], [Tensor.Create(new[] { -1f, -2f })], [null]];

    private static IEnumerable<object?[]> Guarded() => [[Tensor.Create(new[] { 1f, 2f }), 1], [Tensor.Create(new[] { 1f, 2f }), -1], [null, -1], [null, 1]];
}
