namespace Cases;

/// <summary>Family T: tensors made and used inside a marked method.</summary>
public static class Tensors
{
    [Graph, Case("T01", Folded = 1)]
    public static Tensor<int> Scalar() => Tensor.Create(new[] { 1 });

    [Graph, Case("T02", Folded = 1)]
    public static Tensor<int> LiteralArray() => Tensor.Create(new[] { 1, 2, 3 });

    [Graph, Case("T02", MinFolded = 2, Says = ["GW0101 Tensor.Create"])]
    public static int UsedInside()
    {
        var t = Tensor.Create(new[] { 4, 5, 6 });
        return t[1];
    }

    [Graph, Case("T03", MinFolded = 12)]
    public static object[] ElementTypes() =>
    [
        Tensor.Create(new[] { true, false }), Tensor.Create(new sbyte[] { -1 }), Tensor.Create(new byte[] { 255 }), Tensor.Create(new short[] { -2 }),
        Tensor.Create(new ushort[] { 3 }), Tensor.Create(new uint[] { 4 }), Tensor.Create(new long[] { -5 }), Tensor.Create(new ulong[] { 6 }),
        Tensor.Create(new[] { 0.5f }), Tensor.Create(new[] { -0.0 }), Tensor.Create(new[] { (Half)1.5 }), Tensor.Create(new[] { new Complex(1, -2) }),
    ];

    [Graph, Case("T03", MinFolded = 2)]
    public static (Tensor<char>, Tensor<decimal>) ElementTypesOfText() => (Tensor.Create(new[] { 'a', 'ß' }), Tensor.Create(new[] { 1.50m }));

    [Graph, Case("T04", Folded = 1)]
    public static Tensor<int> TwoDimensions() => Tensor.Create(new[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);

    [Graph, Case("T04", MinFolded = 0)]
    public static int[,] LiteralGrid() => new[,] { { 1, 2 }, { 3, 4 } };

    [Graph, Case("T04", MinFolded = 1, Remaining = "*")]
    public static int[][] Jagged() => [[1], [2, 3], ThirdParty.Third.Twice(2) == 4 ? [4, 5, 6] : []];

    [Graph, Case("T04", Folded = 0, Fallbacks = 1, Codes = "GW0103 GW1001", Says = ["GW0103 ArgumentOutOfRangeException"], Remaining = "*")]
    public static Tensor<int> Ragged() => Tensor.Create(new[] { 1, 2, 3 }, [2, 2]);

    [Graph, Case("T05", MinFolded = 1)]
    public static Tensor<float> Zeros() => Tensor.CreateFromShape<float>([2, 3]);

    [Graph, Case("T05", MinFolded = 2)]
    public static Tensor<double> Ones()
    {
        var t = Tensor.CreateFromShape<double>([4]);
        t.Fill(1);
        return t;
    }

    [Graph, Case("T05", Folded = 3)]
    public static Tensor<int> Ascending() => Tensor.Create(Enumerable.Range(0, 6).ToArray(), [2, 3]);

    [Graph, Case("T06", Folded = 6)]
    public static Tensor<float> Arithmetic()
    {
        var a = Tensor.Create(new[] { 1f, 2f, 3f });
        var b = Tensor.Create(new[] { 4f, 5f, 7f });
        return (a + b) * 2f - a / b;
    }

    [Graph, Case("T06", Folded = 3)]
    public static Tensor<double> Transcendental() => Tensor.Exp<double>(Tensor.Tanh<double>(Tensor.Create(new[] { -0.5, 0.25, 3 })));

    [Graph, Case("T06", Folded = 3)]
    public static Tensor<bool> Comparison() => Tensor.GreaterThan<int>(Tensor.Create(new[] { 1, 5, 3 }), Tensor.Create(new[] { 2, 4, 3 }));

    [Graph, Case("T06", Folded = 2)]
    public static double Reduction() => Tensor.Sum<double>(Tensor.Create(new[] { 0.1, 0.2, 0.3 }));

    [Graph, Case("T06", Folded = 3, Kernels = 1, Remaining = "*", From = nameof(Vectors))]
    public static Tensor<float> ConstantTimesVariable(Tensor<float> x) => x * (Tensor.Create(new[] { 1f, 2f, 3f }) + Tensor.Create(new[] { 1f, 1f, 1f }));

    [Graph, Case("T07", Folded = 0, Fallbacks = 1, Codes = "GW1001", Says = ["GW1001 parameter 'x'"], Remaining = "Tensor.Create", From = nameof(Arrays))]
    public static Tensor<int> OfParameter(int[] x) => Tensor.Create(x);

    [Graph, Case("T08", MinFolded = 2)]
    public static int OwnTypeOfThatName() => Own.Tensor.Create(3).Zeros + Own.Tensor.Create(4).Zeros;

    private static IEnumerable<object?[]> Vectors() => [[Tensor.Create(new[] { 1f, 2f, 3f })], [Tensor.Create(new[] { 1f, 2f })], [null]];

    private static IEnumerable<object?[]> Arrays() => [[new[] { 1, 2, 3 }], [Array.Empty<int>()], [null]];
}

/// <summary>Names of the library on types of the user's own.</summary>
public static class Own
{
    public sealed class Tensor(int zeros)
    {
        public int Zeros { get; } = zeros;

        public static Tensor Create(int zeros) => new(zeros * 10);
    }
}
