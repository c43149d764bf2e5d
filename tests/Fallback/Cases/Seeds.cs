using System.Collections;
using ThirdParty;

namespace Cases;

/// <summary>
/// Family S: every code sample and statement of the founding documents, translated. The number is the document's and the line's:
/// <c>S-002:21</c>.
/// </summary>
public static class Seeds
{
    [Graph, Case("S-000:31", Folded = 1)]
    public static Tensor<int> TensorOfArray()
    {
        var x = new[] { 1, 2, 3 };
        var y = Tensor.Create(x);
        return y;
    }

    [Graph, Case("S-000:55", Folded = 0, Kernels = 1, Remaining = "*", From = nameof(Vectors))]
    public static Tensor<float> FixedTripCount(Tensor<float> x)
    {
        for (var i = 0; i < 3; i++)
        {
            x = x * 2f;
        }

        return x;
    }

    [Graph, Case("S-000:59", MinFolded = 0, Kernels = 2, Fallbacks = 1, Codes = "GW1001", Remaining = "*", From = nameof(Hooked))]
    public static Tensor<float> HookBetween(Tensor<float> x, Func<Tensor<float>, Tensor<float>> hook) => hook(x * 2f) + 1f;

    public static int Value = 5;

    /// <summary>Scenario 1, corrected: the store is not "optimised away".</summary>
    [Graph, Case("S-000:63", Folded = 0, Kernels = 1, Remaining = "*", From = nameof(Pairs))]
    public static Tensor<float> StoreIsKept(Tensor<float> x, Tensor<float> y)
    {
        var sum = x + y;
        Value = Value == 1 ? 2 : 1;
        return sum;
    }

    public sealed class Func
    {
        public float Value = 5;

        [Graph]
        public Tensor<float> Construct(Tensor<float> x) => x + Value;
    }

    /// <summary>Scenario 2: the second call sees the changed field.</summary>
    [Case("S-000:90", Of = "Seeds+Func.Construct", Folded = 0, Kernels = 1, Remaining = "*")]
    public static (Tensor<float>, Tensor<float>) FieldIsNotStale()
    {
        var func = new Func();
        var x = Tensor.Create(new[] { 1f, 2f, 3f });
        var first = func.Construct(x);
        func.Value = 1;
        return (first, func.Construct(x));
    }

    [Graph, Case("S-002:19", MinFolded = 2)]
    public static int[] TensorToArray() => Tensor.Create(new[] { 1, 2, 3 }).ToArray();

    [Graph, Case("S-002:21", Folded = 1)]
    public static Tensor<int> TensorOfOne() => Tensor.Create(new[] { 1 });

    [Graph, Case("S-002:49", MinFolded = 0)]
    public static Tensor<int> ResultNotAssigned()
    {
        Third.Ramp(3);
        Third.Sum(1, 2);
        return Tensor.Create(new[] { 1 });
    }

    [Graph, Case("S-002:51", Folded = 2)]
    public static Tensor<int> ArraysAdded()
    {
        int[] a = [1, 2, 3];
        int[] b = [4, 5, 6];
        var c = new int[3];
        TensorPrimitives.Add<int>(a, b, c);
        return Tensor.Create(c);
    }

    [Graph, Case("S-002:83", MinFolded = 4, Codes = "GW0201 GW0201", Says = ["GW0201 np_sum: 2 4 6 8 10"], Remaining = "Console.WriteLine")]
    public static (Tensor<int>, Tensor<int>) TensorPrintThenConstantPrint()
    {
        var x = Tensor.Create(new[] { 1, 2, 3, 4, 5 });
        var y = Tensor.Create(new[] { 1, 2, 3, 4, 5 });
        var tensorSum = x + y;
        Console.WriteLine("tensor_sum: " + string.Join(", ", tensorSum.ToArray()));
        int[] a = [1, 2, 3, 4, 5];
        var sum = a.Zip(a, (left, right) => left + right).ToArray();
        Console.WriteLine("np_sum: " + string.Join(' ', sum));
        return (tensorSum, Tensor.Create(sum));
    }

    [Graph, Case("S-002:117", MinFolded = 1, Kernels = 1, Remaining = "*", From = nameof(Pairs))]
    public static Tensor<float> MixedPrint(Tensor<float> inputX, Tensor<float> inputY)
    {
        var tensorSum = inputX + inputY;
        var sum = new[] { 1, 2, 3 }.Select(x => 2 * x).ToArray();
        Console.WriteLine("np_sum: {0} tensor_sum: {1}", string.Join(' ', sum), tensorSum);
        return tensorSum;
    }

    [Graph, Case("S-002:155", Folded = 0, Remaining = "branch; new ArgumentException; throw")]
    [Arguments(-1), Arguments(1)]
    public static int Raise(int x)
    {
        if (x <= 0)
        {
            throw new ArgumentException("x should be greater than 0.");
        }
        else
        {
            x += 1;
        }

        return x;
    }

    [Graph, Case("S-002:180", Folded = 1, Codes = "GW1101", Says = ["GW1101 AssertionError"], Remaining = "new InvalidOperationException; throw")]
    public static int AssertInList()
    {
        var x = 1;
        if (!new[] { 2, 3, 4 }.Contains(1))
        {
            throw new InvalidOperationException("AssertionError");
        }

        return x;
    }

    [Graph, Case("S-002:204", MinFolded = 4)]
    public static (int, bool, int[], List<(int, string)>) BuiltinFunctions()
    {
        object x = new[] { 1, 2 };
        return (((int[])x).Length, x is int[], new[] { 1, 2 }.Select(n => n + 1).ToArray(), new[] { 1, 2 }.Zip(["a", "b"]).ToList());
    }

    [Graph, Case("S-002:212", MinFolded = 4)]
    public static (Dictionary<string, string>, Dictionary<string, string>, Dictionary<string, int>, Dictionary<string, int>) Dict()
    {
        var a = new Dictionary<string, string>();
        var b = new Dictionary<string, string> { ["a"] = "a", ["b"] = "b", ["t"] = "t" };
        var c = new[] { "one", "two", "three" }.Zip([1, 2, 3]).ToDictionary();
        var d = new Dictionary<string, int>([KeyValuePair.Create("one", 1), KeyValuePair.Create("two", 2), KeyValuePair.Create("three", 3)]);
        return (a, b, c, d);
    }

    [Graph, Case("S-002:241", MinFolded = 0)]
    public static (Type, Type, Type, Type, Type, Type, Type) TypeOf() => (
        1.GetType(), 1.0.GetType(), new List<int> { 1, 2, 3 }.GetType(), (1, 2, 3).GetType(), new Dictionary<string, int> { ["a"] = 1 }.GetType(),
        new[] { 1, 2, 3 }.GetType(), Tensor.Create(new[] { 1, 2, 3 }).GetType());

    [Graph, Case("S-002:287", MinFolded = 0, Codes = "GW0103?", Remaining = "*")]
    public static Type MadeType() => typeof(List<>).MakeGenericType(typeof(int));

    [Graph, Case("S-002:292", Folded = 1)]
    public static Tensor<int> ConstantControlFlow()
    {
        var x = 1;
        if (x <= 1)
        {
            x += 1;
        }

        return Tensor.Create(new[] { x });
    }

    [Graph, Case("S-002:324", Folded = 1)]
    public static Tensor<int> SetItem()
    {
        int[] x = [1, 2, 3];
        x[0] += 1;
        return Tensor.Create(x);
    }

    [Graph, Case("S-002:347", Folded = 0, Fallbacks = 1, Codes = "GW1001", Says = ["GW1001 parameter 'x'"], Remaining = "Third.Sum")]
    [Arguments(new[] { 1, 2 }), Arguments(null)]
    public static int RuntimeFallback(int[] x) => Third.Sum(x);

    [Graph, Case("S-002:351", Folded = 1)]
    public static int[] ArrayReturned()
    {
        int[] x = [1, 2, 3, 4, 5];
        int[] y = [1, 2, 3, 4, 5];
        var sum = new int[x.Length];
        TensorPrimitives.Add<int>(x, y, sum);
        return sum;
    }

    [Graph, Case("S-002:371", Folded = 0)]
    public static double ScalarReturned()
    {
        var x = 1.0;
        var y = 2.0;
        return x + y;
    }

    [Graph, Case("S-002:393", MinFolded = 3)]
    public static Tensor<double> AverageOfTensor()
    {
        var x = Tensor.Create(new[] { 1.0, 2, 3, 4 }, [2, 2]);
        var average = Tensor.Average<double>(x);
        return Tensor.Create(new[] { average });
    }

    private static IEnumerable<object?[]> Vectors() => [[Tensor.Create(new[] { 1f, 2f, 3f })], [null]];

    private static IEnumerable<object?[]> Pairs() => [[Tensor.Create(new[] { 1f, 2f, 3f }), Tensor.Create(new[] { 1f, 2f, 3f })], [Tensor.Create(new[] { 1f }), null]];

    private static IEnumerable<object?[]> Hooked()
    {
        Func<Tensor<float>, Tensor<float>> same = x => x;
        Func<Tensor<float>, Tensor<float>> half = x => x * 0.5f;
        return [[Tensor.Create(new[] { 1f, 2f }), same], [Tensor.Create(new[] { 1f, 2f }), half], [null, same]];
    }
}
