using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Kernels;

/// <summary>Marked methods on tensors: woven against unwoven, with the kernels counted.</summary>
public sealed class FusionTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<float> Chain(Tensor<float> x, Tensor<float> y) => x * 0.5f + y * (x - 1f) / 3f;
            [Graph] public static Tensor<float> Locals(Tensor<float> x)
            {
                var a = x + 1f;
                var b = Tensor.Abs<float>(a);
                var c = Tensor.Sqrt<float>(b);
                return c * a - b;
            }
            [Graph] public static float Reduced(Tensor<float> x, Tensor<float> y) => Tensor.Max<float>(x * y) - Tensor.Min<float>(x);
            [Graph] public static (Tensor<int>, Tensor<int>, int) Several(Tensor<int> x, Tensor<int> y) { var s = x + y; var p = s * y; return (s, p, Tensor.Sum<int>(p)); }
            [Graph] public static Tensor<double> Branch(Tensor<double> x, bool negate) { var y = x * x; if (negate) { y = -y; } else { y = y + 1.0; } return y * 2.0; }
            [Graph] public static Tensor<double> Loop(Tensor<double> x, int n) { for (var i = 0; i < n; i++) { x = x * 0.5 + i; } return x; }
            [Graph] public static Tensor<int> Quotient(Tensor<int> x, Tensor<int> y) => x / y + x;
            [Graph] public static Tensor<float> InOrder(Tensor<float> x) { Console.WriteLine("before"); var y = x + 1f; Console.WriteLine(y[0]); var z = y * 2f; Console.WriteLine("after"); return z; }
            [Graph] public static Tensor<float> InPlace(Tensor<float> x) { var y = x + 1f; y += x; return y * x; }
            [Graph] public static Tensor<float> Unused(Tensor<float> x, Tensor<float> y) { var z = x + y; return x * 2f; }
            [Graph] public static Tensor<float> Apart(Tensor<float> x, Tensor<float> y) { var a = x + 1f; var b = y * 2f; var c = a * a; Console.WriteLine(b.FlattenedLength); return c; }
            [Graph] public static Tensor<float> Same(Tensor<float> x) => x + x;
            [Graph] public static Tensor<float> Returned(Tensor<float> x) => x;
            [Graph] public static T Generic<T>(Tensor<float> x, T other) { Console.WriteLine(Tensor.Sum<float>(x * 2f)); return other; }
            [Graph] public static Tensor<float> LoudStatic(Tensor<float> x, Tensor<float> y) { var a = x * 2f; return a + y * Loud.Scale; }
            [Graph] public static Tensor<float> UnusedStatic(Tensor<float> x) { _ = Loud.Other.Scale; return x * 2f; }
            [Graph] public static Tensor<float> QuietStatic(Tensor<float> x) { var a = x * 2f; return a + x * Quiet.Weights; }
            public static float Scale = 3f;
            [Graph] public static Tensor<float> Field(Tensor<float> x) { var y = x * Scale; Scale += 1f; return y * Scale; }
        }
        public static class Quiet { public static readonly Tensor<float> Weights = Tensor.Create<float>(new float[] { 1, 2, 3 }); }
        public static class Loud
        {
            public static float Scale = Say("scale");
            private static float Say(string what) { Console.WriteLine(what); return 4f; }
            public static class Other { public static float Scale = Say("other"); }
        }
        public sealed class Model(Tensor<float> w)
        {
            private Tensor<float> weights = w;
            [Graph] public Tensor<float> Step(Tensor<float> g, float rate) { weights = weights - g * rate; return weights; }
            public static object Run(Tensor<float> w, Tensor<float> g) { var m = new Model(w); m.Step(g, 0.5f); return m.Step(g, 0.25f); }
        }
        """;

    private static Tensor<float> Floats(int n, float seed = 1, nint[]? lengths = null) =>
        Tensor.Create(Enumerable.Range(0, n).Select(i => (i * 37 % 23 - 11) * seed / 7).ToArray(), lengths ?? [n]);

    private static Tensor<int> Ints(int n, int seed) => Tensor.Create(Enumerable.Range(0, n).Select(i => i * seed % 17 + 1).ToArray());

    private static Tensor<double> Doubles(int n) => Tensor.Create(Enumerable.Range(0, n).Select(i => i / 3.0 - 2).ToArray());

    public static TheoryData<string, string, int, Func<object?[]>> Calls => new()
    {
        { "Program", "Chain", 1, () => [Floats(1000), Floats(1000, 2)] },
        { "Program", "Chain", 1, () => [Floats(1000), Floats(999, 2)] },
        { "Program", "Chain", 1, () => [null, Floats(999, 2)] },
        { "Program", "Chain", 1, () => [Floats(5), null] },
        { "Program", "Chain", 1, () => [Floats(0), Floats(0)] },
        { "Program", "Chain", 1, () => [Floats(12, 1, [3, 4]), Floats(4)] },
        { "Program", "Chain", 1, () => [Floats(12, 1, [3, 4]), Floats(12, 3, [3, 4])] },
        { "Program", "Chain", 1, () => [Floats(12, 1, [3, 4]).Slice(0..3, 1..3), Floats(12, 3, [4, 3]).Slice(0..3, 1..3)] },
        { "Program", "Locals", 1, () => [Floats(77)] },
        { "Program", "Reduced", 1, () => [Floats(1001), Floats(1001, 5)] },
        { "Program", "Reduced", 1, () => [Floats(0), Floats(0)] },
        { "Program", "Several", 1, () => [Ints(100, 3), Ints(100, 5)] },
        { "Program", "Branch", 4, () => [Doubles(50), true] },
        { "Program", "Branch", 4, () => [Doubles(50), false] },
        { "Program", "Loop", 1, () => [Doubles(50), 5] },
        { "Program", "Loop", 1, () => [Doubles(50), 0] },
        { "Program", "Quotient", 1, () => [Ints(100, 3), Ints(100, 5)] },
        { "Program", "Quotient", 1, () => [Ints(100, 3), Ints(100, 5) - 1] },
        { "Program", "InOrder", 2, () => [Floats(20)] },
        { "Program", "InOrder", 2, () => [null] },
        { "Program", "InPlace", 1, () => [Floats(20)] },
        { "Program", "Unused", 1, () => [Floats(20), Floats(21)] },
        { "Program", "Apart", 2, () => [Floats(20), Floats(21)] },
        { "Program", "Apart", 2, () => [Floats(20), null] },
        { "Program", "Same", 1, () => [Floats(33)] },
        { "Program", "Generic", 1, () => [Floats(16), "text"] },
        { "Program", "LoudStatic", 2, () => [null, Floats(3)] },
        { "Program", "LoudStatic", 2, () => [Floats(3), Floats(3)] },
        { "Program", "UnusedStatic", 1, () => [Floats(3)] },
        { "Program", "QuietStatic", 1, () => [Floats(3)] },
        { "Program", "Field", 2, () => [Floats(16)] },
        { "Model", "Step", 1, () => [] },
    };

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> Programs = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(optimization => optimization, optimization => new Lazy<WovenProgram>(() => new WovenProgram(Source, optimization)));

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public void A_woven_method_does_what_the_unwoven_one_does(string type, string method, int kernels, Func<object?[]> arguments)
    {
        foreach (var program in Programs.Values.Select(lazy => lazy.Value))
        {
            var report = program.MethodReport($"{type}.{method}");
            Assert.DoesNotContain(report.Diagnostics, diagnostic => diagnostic.Descriptor.Code is "GW1901" or "GW1006");
            Assert.True(report.IsWoven);
            Assert.Equal(kernels, report.Kernels);
            if (type == "Model")
            {
                program.AssertSame("Model", "Run", () => [Floats(40), Floats(40, 2)]);
            }
            else
            {
                program.AssertSame(type, method, arguments);
            }
        }
    }
}
