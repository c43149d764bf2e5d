using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>Element-wise kernels on the simulator: woven against unwoven, and each really ran there.</summary>
[Collection("GraphMode")]
public sealed class ElementTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<float> Chain(Tensor<float> x, Tensor<float> y) => x * 0.5f + y * (x - 1f) / 3f;
            [Graph] public static Tensor<double> Doubles(Tensor<double> x) => 1.0 / (x * x + 1.0) - Tensor.Abs<double>(x);
            [Graph] public static (Tensor<int>, Tensor<int>) Several(Tensor<int> x, Tensor<int> y) { var s = x + y; return (s, s * y - 3); }
            [Graph] public static Tensor<float> Masked(Tensor<float> x, Tensor<float> y) => TensorMath.Where(Tensor.GreaterThan<float>(x, y), x - y, 0f * x);
            [Graph] public static Tensor<float> Sums(Tensor<float> x) => x + 3f + 1e8f - (0.1f - (0.3f - x));
            [Graph] public static Tensor<double> Products(Tensor<double> x) => x * 3.0 * 0.1 + (1.0 - (1.0 - x)) * 1e10;
            [Graph] public static Tensor<float> Counted(Tensor<float> x) { var y = x * 1e8f; y++; y++; return y - x * 1e8f; }
            [Graph] public static (Tensor<float>, Tensor<float>) Signed(Tensor<float> x) => (1f / (x * 0f + 0f), 1f / (0f - x * 0f));
            [Graph] public static Tensor<float> Compared(Tensor<float> x, Tensor<float> y, Tensor<float> z) =>
                TensorMath.Where(Tensor.LessThan<float>(x, y), z, z * 2f) + TensorMath.Where(Tensor.GreaterThanOrEqual<float>(x, y), z * 4f, z * 8f);
            [Graph] public static Tensor<float> Rounded(Tensor<float> x) { var y = x * 1f; y++; y++; y--; return y; }
        }
        """;

    private static readonly Lazy<WovenProgram> program = new(() => new WovenProgram(Source, OptimizationLevel.Release));

    [Theory]
    [InlineData("Chain")]
    [InlineData("Doubles")]
    [InlineData("Several")]
    [InlineData("Masked")]
    [InlineData("Sums")]
    [InlineData("Products")]
    [InlineData("Counted")]
    [InlineData("Signed")]
    [InlineData("Compared")]
    [InlineData("Rounded")]
    public void A_kernel_runs_on_the_accelerator_and_gives_what_eager_gives(string method)
    {
        long before = Kernels;
        program.Value.AssertSame("Program", method, () => Arguments(method));
        Assert.Equal(before + 2, Kernels);
    }

    private static long Kernels => Accelerators.Current!.Statistics.Kernels;

    private static object?[] Arguments(string method) => method switch
    {
        "Doubles" or "Products" => [Tensor.Create(Enumerable.Range(0, 21).Select(i => i / 3.0 - 2).ToArray())],
        "Several" => [Tensor.Create(Enumerable.Range(0, 21).Select(i => i * 3).ToArray()), Tensor.Create(Enumerable.Range(0, 21).Select(i => i - 7).ToArray())],
        "Sums" or "Counted" or "Signed" => [Floats(1)],
        "Compared" => [Tensor.Create([float.NaN, 1, float.NaN, 0, -0f, 2, 1]), Tensor.Create([1, float.NaN, float.NaN, -0f, 0, 1, 2]), Tensor.Create([1f, 2, 3, 4, 5, 6, 7])],
        "Rounded" => [Tensor.Create([1e-7f, 16777215f, float.NaN, float.PositiveInfinity, 3e38f])],
        _ => [Floats(1), Floats(-0.5f)],
    };

    private static Tensor<float> Floats(float scale) => Tensor.Create(Enumerable.Range(0, 21).Select(i => ((i * 37 % 23) - 11) * scale / 7).ToArray());
}
