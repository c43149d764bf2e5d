using System.Numerics.Tensors;
using System.Runtime.Intrinsics.X86;
using GraphWeaver.DifferentialTests.Calls;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Kernels;

/// <summary>Two operators that a kernel puts together: selections by a comparison always, products and sums only under FastMath.</summary>
public sealed class FastMathTests
{
    private const string Source = """
        public static class Program
        {
            [Graph(FastMath = true)] public static Tensor<float> Fast(Tensor<float> x, Tensor<float> y, Tensor<float> z) => x * y + z;
            [Graph] public static Tensor<float> Plain(Tensor<float> x, Tensor<float> y, Tensor<float> z) => x * y + z;
            [Graph(FastMath = true)] public static Tensor<int> Whole(Tensor<int> x, Tensor<int> y) => x * y + x;
            [Graph(FastMath = true)] public static Tensor<float> FastInHelper(Tensor<float> x, Tensor<float> y, Tensor<float> z) => Helper(x, y, z);
            private static Tensor<float> Helper(Tensor<float> x, Tensor<float> y, Tensor<float> z) => z - x * y;
            [Graph] public static Tensor<float> Clipped(Tensor<float> x, Tensor<float> y, Tensor<float> z) => TensorMath.Where(Tensor.GreaterThan<float>(x, 0f), 1f - x, y) * z;
            [Graph] public static Tensor<float> Mixed(Tensor<float> x, Tensor<float> y, Tensor<float> z) => TensorMath.Where(Tensor.LessThanOrEqual<float>(x, y), z, x);
            [Graph] public static Tensor<float> Filtered(Tensor<float> x, Tensor<float> y, Tensor<float> z)
            {
                var result = x + y;
                Tensor.FilteredUpdate<float>(result, Tensor.Equals<float>(x, z), 5f);
                return result;
            }
        }
        """;

    private static readonly OptimizationLevel[] Optimizations = [OptimizationLevel.Debug, OptimizationLevel.Release];

    private static float[] Values(int seed) => [.. Enumerable.Range(0, 1000).Select(index => MathF.Sin((index * 0.7f) + seed) * 3f), float.NaN, 0f, -0f, float.PositiveInfinity];

    private static int LineOf(string text) => Array.FindIndex(Source.Split('\n'), line => line.Contains(text, StringComparison.Ordinal)) + 1;

    private static object?[] Operands() => [Tensor.Create(Values(1)), Tensor.Create(Values(2)), Tensor.Create(Values(3))];

    [Fact]
    public void FastMath_rounds_a_product_with_its_sum_once_and_says_so()
    {
        var (x, y, z) = (Values(1), Values(2), Values(3));
        foreach (var optimization in Optimizations)
        {
            var program = Programs.Of(Source, optimization);
            Assert.Contains(program.MethodReport("Program.Fast").Diagnostics, diagnostic => diagnostic.Message.EndsWith($"0 fallbacks; FastMath: 1 product rounded with a sum (line {LineOf(" Fast(")})", StringComparison.Ordinal));
            Assert.Contains(program.MethodReport("Program.FastInHelper").Diagnostics, diagnostic => diagnostic.Message.EndsWith($"FastMath: 1 product rounded with a sum (line {LineOf(" Helper(Tensor")})", StringComparison.Ordinal));
            foreach (var (method, sign) in new[] { ("Fast", 1f), ("FastInHelper", -1f) })
            {
                Assert.Equal(1, program.MethodReport("Program." + method).Kernels);
                var result = (Tensor<float>)program.Woven.Assembly.GetType("Program")!.GetMethod(method)!.Invoke(null, Operands())!;
                Assert.Equal(x.Select((value, index) => Fma.IsSupported ? MathF.FusedMultiplyAdd(sign * value, y[index], z[index]) : (sign * value * y[index]) + z[index]), result);
            }
        }
    }

    [Theory]
    [InlineData("Plain")]
    [InlineData("Clipped")]
    [InlineData("Mixed")]
    [InlineData("Filtered")]
    public void Without_it_the_bits_are_eager_s(string method)
    {
        foreach (var optimization in Optimizations)
        {
            var program = Programs.Of(Source, optimization);
            Assert.Equal(1, program.MethodReport("Program." + method).Kernels);
            Assert.Contains(program.MethodReport("Program." + method).Diagnostics, diagnostic => diagnostic.Message.Contains("0 fallbacks", StringComparison.Ordinal) && !diagnostic.Message.Contains("FastMath", StringComparison.Ordinal));
            program.AssertSame("Program", method, Operands);
            program.AssertSame("Program", method, () => [Tensor.Create(Values(1)[..4], [2, 2]), Tensor.Create(Values(2)[..2]), Tensor.Create(Values(3)[..4], [2, 2])]);
            program.AssertSame("Program", method, () => [Tensor.Create(Values(1)), null, Tensor.Create(Values(3))]);
        }
    }

    [Fact]
    public void FastMath_leaves_integers_alone()
    {
        foreach (var optimization in Optimizations)
        {
            Programs.Of(Source, optimization).AssertSame("Program", "Whole", () => [Tensor.Create([int.MaxValue, 2, 3]), Tensor.Create([5, -6, 7])]);
        }
    }
}
