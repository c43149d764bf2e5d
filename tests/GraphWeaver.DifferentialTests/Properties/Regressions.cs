using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>The smallest forms of what random programs have found, and of what they shall go on finding.</summary>
public sealed class Regressions
{
    /// <summary>What was found, the programs' rank, and the method.</summary>
    private static readonly (string Name, int Rank, string Method)[] Cases =
    [
        ("an operator that runs on tiles and whose result nobody uses", 1, """
            public static object? M(Tensor<int> a, Tensor<int> b, Tensor<int> c, int s, int n, bool p, int[] v)
            {
                _ = Tensor.MinMagnitudeNumber<int>(b, a);
                return a - c;
            }
            """),
        ("a fresh tensor written in place that nobody reads", 1, """
            public static object? M(Tensor<int> a, Tensor<int> b, Tensor<int> c, int s, int n, bool p, int[] v)
            {
                Tensor<int> fresh = n * a;
                fresh &= 1;
                return F0;
            }
            """),
        ("a span of a kernel's result that two kernels read", 1, """
            public static object? M(Tensor<float> a, Tensor<float> b, Tensor<float> c, float s, int n, bool p, float[] v)
            {
                TensorSpan<float> u = Tensor.Min<float>(a, b).AsTensorSpan();
                Lib.Loud(Tensor.MinNumber<float>(u, a));
                return Tensor.Add<float>(u, s);
            }
            """),
        ("the elements of a constant tensor, each read and dropped", 1, """
            public static object? M(Tensor<int> a, Tensor<int> b, Tensor<int> c, int s, int n, bool p, int[] v)
            {
                Tensor<int> constant = Tensor.Create<int>(new int[] { 3, 2, 0 });
                foreach (int item in constant) { }
                return b;
            }
            """),
        ("a reduction that nobody reads beside an operator that writes", 1, """
            public static object? M(Tensor<float> a, Tensor<float> b, Tensor<float> c, float s, int n, bool p, float[] v)
            {
                float q = Tensor.Min<float>(a);
                Tensor.Subtract<float>(a, F0, c);
                return a;
            }
            """),
        ("a store between two operators, the first of which may throw", 1, """
            public static object? M(Tensor<float> a, Tensor<float> b, Tensor<float> c, float s, int n, bool p, float[] v)
            {
                Tensor<float> sum = a + c;
                F1 = s;
                return sum * b;
            }
            """),
        ("a tensor that one trip of a loop keeps", 1, """
            public static object? M(Tensor<float> a, Tensor<float> b, Tensor<float> c, float s, int n, bool p, float[] v)
            {
                for (int i = 0; i < n; i++)
                {
                    a = a * s + b;
                    if (i == 1) { F0 = a; }
                }

                return a;
            }
            """),
        ("a constant tensor that the program writes to", 1, """
            public static object? M(Tensor<float> a, Tensor<float> b, Tensor<float> c, float s, int n, bool p, float[] v)
            {
                Tensor<float> constant = Tensor.Create<float>(new float[] { 1f, 2f, 3f });
                constant += s;
                return constant[0];
            }
            """),
    ];

    private static readonly Dictionary<OptimizationLevel, Lazy<ProgramBatch>> Batches = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(optimization => optimization, optimization => new Lazy<ProgramBatch>(() => new ProgramBatch([.. Cases.Select(Text)], optimization)));

    public static TheoryData<string> Names => [.. Cases.Select(known => known.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_found_is_no_more(string name)
    {
        var index = Array.FindIndex(Cases, known => known.Name == name);
        foreach (var batch in Batches.Values)
        {
            Assert.Null(batch.Value.Difference(index));
        }
    }

    private static ProgramText Text((string Name, int Rank, string Method) known)
    {
        var element = new[] { "float", "double" }.FirstOrDefault(name => known.Method.Contains($"Tensor<{name}> a", StringComparison.Ordinal)) ?? "int";
        return new ProgramText(
            new Setting(element, known.Rank, IsExact: true, Container.Static, Kind.Int, ByReference: false),
            $$"""
            public static class {{ProgramText.Name}}
            {
                public static Tensor<{{element}}>? F0;
                public static {{element}} F1;
                public static int F2;
                [Graph]
                {{known.Method}}
            }

            """,
            Noisy: null);
    }
}
