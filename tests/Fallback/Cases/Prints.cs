namespace Cases;

/// <summary>Family W: what is printed, when and in which order.</summary>
public static class Prints
{
    [Graph, Case("W01", Folded = 0, Codes = "GW0201", Says = ["GW0201 nine"], Remaining = "Console.WriteLine")]
    public static void Literal() => Console.WriteLine("nine");

    [Graph, Case("W01", Folded = 2, Codes = "GW0201 GW0201 GW0201", Says = ["GW0201 1.5", "GW0201 8"], Remaining = "Console.Write; Console.WriteLine")]
    public static void Values()
    {
        Console.Write(Math.Abs(-8));
        Console.Write(' ');
        Console.WriteLine(Math.Max(1.5, 1));
    }

    [Graph, Case("W02", Folded = 0, Kernels = 1, Remaining = "*", From = nameof(Vectors))]
    public static void OfTensor(Tensor<float> x) => Console.WriteLine(x * 2f + 1f);

    [Graph, Case("W03", MinFolded = 3, Kernels = 1, Codes = "GW0201", Says = ["GW0201 np_sum: [5, 7, 9]"], Remaining = "*", From = nameof(Vectors))]
    public static Tensor<float> TensorThenConstant(Tensor<float> x)
    {
        var sum = x + x;
        Console.WriteLine(sum);
        var constants = Tensor.Create(new[] { 1, 2, 3 }) + Tensor.Create(new[] { 4, 5, 6 });
        Console.WriteLine("np_sum: [" + string.Join(", ", constants.ToArray()) + "]");
        return sum;
    }

    [Graph, Case("W04", MinFolded = 1, Remaining = "Console.WriteLine")]
    [Arguments(3), Arguments(-3)]
    public static void MixedFormat(int x) => Console.WriteLine("np_sum: {0} sum: {1}", string.Join(" ", new[] { 2, 4, 6 }), x);

    [Graph, Case("W04", MinFolded = 1, Kernels = 1, Fallbacks = 1, Codes = "GW1001", Says = ["GW1001 parameter 'x'"], Remaining = "*", From = nameof(Vectors))]
    public static void MixedWithTensor(Tensor<float> x) => Console.WriteLine("np_sum: " + string.Join(" ", new[] { 2, 4, 6 }) + " tensor_sum: " + (x + x));

    [Graph, Case("W05", MinFolded = 0, Codes = "GW0201", Remaining = "Console.WriteLine")]
    public static void InterpolatedNeutral() => Console.WriteLine($"{"text"} {'c'} {true} {42} {DayOfWeek.Friday}");

    [Graph, Case("W05", MinFolded = 0, Codes = "GW0103?", Remaining = "*")]
    public static string InterpolatedUnderCulture() => $"{3.14159:F2} {-7,6} {1234567:N0} {-1.5} {1.5m} {new DateTime(2024, 2, 29):d}";

    [Graph, Case("W05", MinFolded = 1, Remaining = "*")]
    [Arguments(-2.5), Arguments(1e9)]
    public static string InterpolatedMixed(double x) => $"{Math.Sqrt(16) == 4} {x:F2} {x,12} {"end"}";

    [Graph, Case("W05", MinFolded = 1)]
    public static string FormatInvariant() => string.Format(CultureInfo.InvariantCulture, "{0:F2} {1,6} {2:N0}", 3.14159, -7, 1234567);

    [Graph, Case("W05", MinFolded = 0)]
    public static string CreateInvariant() => string.Create(CultureInfo.InvariantCulture, $"{3.14159:F2} {-7,6} {1234567:N0}");

    [Graph, Case("W05", Folded = 0, Codes = "GW0103", Says = ["GW0103 culture"], Remaining = "*")]
    public static string FormatUnderCulture() => string.Format("{0:F2} {1:N0}", 3.14159, -1234567);

    [Graph, Case("W06", Folded = 0, Codes = "GW0201", Says = ["GW0201 0 | 1 | 2"], Remaining = "*")]
    public static void InLoop()
    {
        for (var i = 0; i < 3; i++)
        {
            Console.WriteLine(i);
        }
    }

    [Graph, Case("W07", MinFolded = 0, Codes = "GW0201 GW0201 GW0201 GW0201 GW0201", Says = ["GW0201 (1, a)"], Remaining = "*")]
    public static void Objects()
    {
        Console.WriteLine(new List<int> { 1, 2 });
        Console.WriteLine((object)new[] { 1, 2 });
        Console.WriteLine(new Dictionary<string, int> { ["a"] = 1 });
        Console.WriteLine((1, "a"));
        Console.WriteLine((object?)null);
    }

    [Graph, Case("W08", Folded = 0, Codes = "GW0103", Says = ["GW0103 Console.WriteLine"], Remaining = "Prints.Say")]
    public static void InCalledMethod() => Say("called");

    private static void Say(string text) => Console.WriteLine(text);

    [Graph, Case("W08", MinFolded = 0, Codes = "GW0103? GW0201?", Remaining = "*")]
    public static void InLambdaAndLocalFunction()
    {
        Action lambda = () => Console.WriteLine("lambda");
        lambda();
        Local(2);

        static void Local(int x) => Console.WriteLine(x);
    }

    [Graph, Case("W09", Folded = 0, Remaining = "Trace.WriteLine")]
    public static void Traced() => Trace.WriteLine("traced");

    [Graph, Case("W09", Folded = 0, Remaining = "Console.Error; TextWriter.WriteLine")]
    public static void StandardError() => Console.Error.WriteLine("wrong");

    public interface ILogger
    {
        void Log(string text);
    }

    public sealed class ConsoleLogger : ILogger
    {
        public void Log(string text) => Console.WriteLine("log: " + text);
    }

    [Graph, Case("W09", MinFolded = 0, Kernels = 1, Remaining = "*", From = nameof(Loggers))]
    public static Tensor<float> Logged(ILogger logger, Tensor<float> x)
    {
        logger.Log("before");
        var y = x * 3f;
        logger.Log("after");
        return y;
    }

    private static IEnumerable<object?[]> Vectors() => [[Tensor.Create(new[] { 1f, 2f, 3f })], [null]];

    private static IEnumerable<object?[]> Loggers() => [[new ConsoleLogger(), Tensor.Create(new[] { 1f, 2f, 3f })], [new ConsoleLogger(), null]];
}
