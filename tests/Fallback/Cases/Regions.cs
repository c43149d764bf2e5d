using ThirdParty;

namespace Cases;

/// <summary>Family C, second part: exception regions, locks, and arithmetic that throws.</summary>
public static class Regions
{
    [Graph, Case("C20", Folded = 1, Kernels = 1, Codes = "GW0201", Remaining = "*", From = nameof(Vectors))]
    public static Tensor<float> TryCatch(Tensor<float> x)
    {
        try
        {
            return (x * 2f) + 1f;
        }
        catch (NullReferenceException)
        {
            Console.WriteLine("caught");
            return Tensor.Create(new[] { -1f });
        }
    }

    [Graph, Case("C20", MinFolded = 1, Remaining = "*", From = nameof(Numbers))]
    public static int TryCatchFinally(int x)
    {
        var result = Third.Twice(5);
        try
        {
            result += 100 / x;
        }
        catch (DivideByZeroException)
        {
            result = -1;
        }
        finally
        {
            Console.WriteLine(result);
        }

        return result;
    }

    [Graph, Case("C20", MinFolded = 1, Codes = "GW0201", Remaining = "*", From = nameof(Numbers))]
    public static string FilterAndNested(int x)
    {
        try
        {
            try
            {
                return x == 0 ? throw new ArgumentException("zero") : x == 1 ? throw new InvalidOperationException("one") : "none";
            }
            catch (ArgumentException exception) when (exception.Message.Length == Third.Twice(2))
            {
                return "filtered";
            }
            finally
            {
                Console.WriteLine("inner");
            }
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    private sealed class Resource(string name) : IDisposable
    {
        public int Size => name.Length;

        public void Dispose() => Console.WriteLine("disposed " + name);
    }

    [Graph, Case("C20", MinFolded = 0, Codes = "GW0103?", Remaining = "*")]
    public static int Using()
    {
        using var resource = new Resource("four");
        return resource.Size + Third.Twice(1);
    }

    private static readonly object Gate = new();

    [Graph, Case("C20", MinFolded = 1, Kernels = 1, Remaining = "*", From = nameof(Vectors))]
    public static Tensor<float> Lock(Tensor<float> x)
    {
        lock (Gate)
        {
            return x * Third.Twice(2);
        }
    }

    [Graph, Case("C20", MinFolded = 1, Codes = "GW0201", Remaining = "*")]
    public static int ConstantThrowCaught()
    {
        try
        {
            if (Third.Twice(1) == 2)
            {
                throw new FormatException("two");
            }

            return 1;
        }
        catch (FormatException)
        {
            Console.WriteLine("constant");
            return 2;
        }
    }

    [Graph, Case("C20", MinFolded = 0, Fallbacks = 1, Codes = "GW0103 GW1001", Says = ["GW0103 the library refuses"], Remaining = "*")]
    public static string FoldedCallThrowsInTry()
    {
        try
        {
            return Third.Fail(1).ToString(CultureInfo.InvariantCulture);
        }
        catch (InvalidOperationException exception)
        {
            return "caught: " + exception.Message;
        }
    }

    [Graph, Case("C20", MinFolded = 1, Remaining = "*")]
    public static int ForeachInTry()
    {
        var sum = 0;
        try
        {
            foreach (var x in new List<int> { 1, 2, Third.Twice(3) })
            {
                sum += x;
            }
        }
        finally
        {
            sum *= 10;
        }

        return sum;
    }

    [Graph, Case("C21", Folded = 1)]
    public static int UncheckedOverflow() => unchecked(int.MaxValue + Third.Twice(1));

    [Graph, Case("C21", Folded = 1, Codes = "GW0103? GW1101?", Remaining = "*")]
    public static int CheckedOverflow() => checked(int.MaxValue + Third.Twice(1));

    [Graph, Case("C21", Folded = 1, Codes = "GW0103? GW1101?", Remaining = "*")]
    public static int DivisionByZero() => 7 / Third.Twice(0);

    [Graph, Case("C21", Folded = 1, Codes = "GW0103? GW1101?", Remaining = "*")]
    public static int MinimumByMinusOne() => int.MinValue / (Third.Twice(0) - 1);

    [Graph, Case("C21", Folded = 0, Codes = "GW0103", Says = ["GW0103 OverflowException"], Remaining = "Convert.ToByte")]
    public static byte ConversionOverflow() => Convert.ToByte(300);

    [Graph, Case("C21", Folded = 1, Codes = "GW0103? GW1101?", Remaining = "*")]
    public static int IndexOutOfRange()
    {
        var x = new[] { 1, 2 };
        return x[Third.Twice(1)];
    }

    [Graph, Case("C21", MinFolded = 1)]
    public static (int, long, uint, double) ConversionsUnchecked()
    {
        var large = 1e10 * Third.Twice(1);
        return (unchecked((int)3_000_000_000L), unchecked((long)1e30f), unchecked((uint)-1), large);
    }

    private static IEnumerable<object?[]> Vectors() => [[Tensor.Create(new[] { 1f, 2f })], [null]];

    private static IEnumerable<object?[]> Numbers() => [[0], [1], [7]];
}
