using System.Collections;
using ThirdParty;
using MathVector = MathNet.Numerics.LinearAlgebra.Vector<double>;

namespace Cases;

/// <summary>Family C, first part: loops, jumps, switches and what is carried through them. C01 to C04 are the generated grids.</summary>
public static class Flow
{
    [Graph, Case("C05", Folded = 1)]
    public static int BreakAndContinueInFor()
    {
        var sum = 0;
        for (var i = 0; i < 20; i++)
        {
            if (i % 3 == 0)
            {
                continue;
            }

            if (sum > Third.Twice(20))
            {
                break;
            }

            sum += i;
        }

        return sum;
    }

    [Graph, Case("C05", Folded = 1)]
    public static int BreakAndContinueNested()
    {
        var (sum, i) = (0, 0);
        while (true)
        {
            i++;
            if (i == 2)
            {
                continue;
            }

            foreach (var j in new[] { 1, 2, 3 })
            {
                if (j == i)
                {
                    break;
                }

                sum += Third.Twice(i * j);
            }

            if (i > 4)
            {
                break;
            }
        }

        return sum;
    }

    [Graph, Case("C05", MinFolded = 0)]
    public static int Flagged()
    {
        var (done, count) = (false, 0);
        do
        {
            count++;
            done = count * count > 30;
        }
        while (!done);
        return count;
    }

    [Graph, Case("C06", MinFolded = 1)]
    public static string EarlyReturn()
    {
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j < 5; j++)
            {
                if (Third.Twice(i) == j + 3)
                {
                    return i + "/" + j;
                }
            }
        }

        return "never";
    }

    [Graph, Case("C06", MinFolded = 2, Remaining = "branch")]
    [Arguments(0), Arguments(2), Arguments(9)]
    public static int EarlyReturnOnParameter(int x)
    {
        for (var i = 0; i < 4; i++)
        {
            if (i == x)
            {
                return Third.Twice(i) + 100;
            }
        }

        return -Third.Twice(1);
    }

    [Graph, Case("C06", MinFolded = 1, Remaining = "*")]
    public static int EarlyReturnInTry()
    {
        try
        {
            return Third.Twice(4);
        }
        finally
        {
            Side++;
        }
    }

    public static int Side;

    [Graph, Case("C07", MinFolded = 1)]
    public static string GotoAndSwitches()
    {
        var i = 0;
        var text = "";
    again:
        text += i switch { 0 => "zero", 1 => "one", > 4 and < 100 => "large", _ => "many" };
        switch (i)
        {
            case 0:
                i = 1;
                goto again;
            case 1:
                i = 50;
                goto case 7;
            case 7:
                text += "seven".ToUpperInvariant();
                goto again;
            case 50:
                break;
            default:
                text += "!";
                break;
        }

        return text;
    }

    [Graph, Case("C07", MinFolded = 2)]
    public static int SwitchOnString() => "two".PadLeft(4).Trim() switch { "one" => 1, "two" => 2, "three" => 3, "four" => 4, "five" => 5, "six" => 6, "seven" => 7, _ => 0 };

    [Graph, Case("C07", MinFolded = 3)]
    public static int ForeachOverEverything()
    {
        var sum = 0;
        foreach (var x in new[] { 1, 2 })
        {
            sum += x;
        }

        foreach (var x in new List<int> { 3, 4 })
        {
            sum += x;
        }

        foreach (var x in "ab")
        {
            sum += x;
        }

        foreach (var (key, value) in new Dictionary<int, int> { [5] = 6 })
        {
            sum += key * value;
        }

        ReadOnlySpan<int> span = [7, 8];
        foreach (var x in span)
        {
            sum += x;
        }

        foreach (var x in Enumerable.Range(9, 2))
        {
            sum += x;
        }

        return sum;
    }

    public readonly struct Countdown(int from)
    {
        public Enumerator GetEnumerator() => new(from);

        public struct Enumerator(int next)
        {
            public int Current { get; private set; }

            public bool MoveNext() => (Current = next--) > 0;
        }
    }

    [Graph, Case("C08", MinFolded = 1)]
    public static string ForeachByPattern()
    {
        var text = "";
        foreach (var x in new Countdown(Third.Twice(2)))
        {
            text += (char)('0' + x);
        }

        return text;
    }

    [Graph, Case("C09", MinFolded = 0, Codes = "GW1004", Remaining = "branch")]
    public static long ManyTrips()
    {
        long sum = Third.Twice(1);
        for (var i = 0; i < 1_000_000; i++)
        {
            sum = (sum * 31) + i;
        }

        return sum;
    }

    [Graph, Case("C09", MinFolded = 0, Codes = "GW1004", Remaining = "*")]
    public static int ManyTripsOverAnArray()
    {
        var x = new int[3];
        for (var i = 0; i < 100_000; i++)
        {
            x[i % 3] += Third.Twice(1);
        }

        return x[0] + x[1] + x[2];
    }

    [Graph, Case("C10", MinFolded = 0, Codes = "GW1004", Remaining = "*")]
    [Arguments(false)]
    public static int NeverEnding(bool enter)
    {
        if (enter)
        {
            for (var i = 0; ; i = (i + 1) & 1023)
            {
                Side = i;
            }
        }

        return Third.Twice(3);
    }

    [Graph, Case("C11", MinFolded = 1, Kernels = 2, Fallbacks = 2, Codes = "GW1001 GW1001", Remaining = "*", From = nameof(Vectors))]
    public static double[] LibraryObjectThroughTensorLoop(Tensor<float> x)
    {
        var v = MathVector.Build.Dense([1, 2, 3]);
        while (Tensor.Sum<float>(x) > 0)
        {
            v += v;
            x = x - 1f;
        }

        return v.ToArray();
    }

    [Graph, Case("C12", MinFolded = 2, Kernels = 1, Remaining = "*")]
    [Arguments(true), Arguments(false)]
    public static Tensor<float> ArmsOfOtherShapes(bool flag)
    {
        var t = flag ? Tensor.Create(new[] { 1f, 2f }) : Tensor.Create(new[] { 1f, 2f, 3f });
        return t * 2f;
    }

    [Graph, Case("C13", MinFolded = 2, Remaining = "branch")]
    [Arguments(true), Arguments(false)]
    public static object ArmsOfOtherTypes(bool flag) => flag ? Third.Twice(1) : (object)"text".PadLeft(6);

    [Graph, Case("C14", Folded = 0, Codes = "GW0103 GW0103", Remaining = "Flow.Told; branch")]
    [Arguments(1), Arguments(0)]
    public static int ShortCircuit(int x)
    {
        var result = 0;
        if (x > 0 && Told("right of and"))
        {
            result += 1;
        }

        if (x > 0 || Told("right of or"))
        {
            result += 2;
        }

        return result;
    }

    [Graph, Case("C14", MinFolded = 1, Codes = "GW0103", Remaining = "Flow.Told; branch")]
    public static int ShortCircuitConstant() => (Third.Twice(1) == 3 && Told("never")) || (Third.Twice(1) == 2 && Told("once")) ? 1 : 2;

    private static bool Told(string text)
    {
        Console.WriteLine(text);
        return true;
    }

    [Graph, Case("C15", MinFolded = 2)]
    public static (int, Tensor<int>) ConditionalExpressions() =>
        (Third.Twice(2) > 3 ? Math.Abs(-1) : 0, Third.Twice(2) > 5 ? Tensor.Create(new[] { 1 }) : Tensor.Create(new[] { 2, 3 }));

    [Graph, Case("C16", Folded = 1)]
    public static int SharedAccumulator()
    {
        var sum = 0;
        for (var i = 0; i < 4; i++)
        {
            for (var j = i; j > 0; j -= 2)
            {
                sum += Third.Twice(i) - j;
            }

            sum *= 2;
        }

        return sum;
    }

    [Graph, Case("C17", Folded = 1)]
    public static long DeadBranch()
    {
        if (Third.Twice(1) == 3)
        {
            Console.WriteLine(DateTime.Now);
            return Outside.Stamp() + Outside.Parse("1") + Tensor.Create(new int[Random.Shared.Next()]).Rank;
        }

        return 7;
    }

    [Graph, Case("C18", Folded = 1)]
    public static int RecursionOnConstant() => Factorial(5);

    private static int Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);

    [Graph, Case("C18", Folded = 0, Remaining = "Flow.MarkedFactorial; branch")]
    [Arguments(5), Arguments(0)]
    public static int MarkedFactorial(int n) => n <= 1 ? 1 : n * MarkedFactorial(n - 1);

    [Graph, Case("C19", MinFolded = 1, Remaining = "branch")]
    [Arguments(0), Arguments(3)]
    public static double LoopInvariant(int n)
    {
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            sum += Math.Sqrt(Third.Sum(1, 2, 6)) * i;
        }

        return sum;
    }

    private static IEnumerable<object?[]> Vectors() => [[Tensor.Create(new[] { 1f, 2f })], [Tensor.Create(new[] { -1f })], [null]];
}
