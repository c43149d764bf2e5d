using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Calls;

/// <summary>Members of <c>TensorMath</c> that no kernel holds are calls between kernels: no warning and the same results.</summary>
public sealed class TensorMathTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<long> ArgMax(Tensor<float> x) => TensorMath.ArgMax(x * 2f, -1);
            [Graph] public static Tensor<float> CumulativeSum(Tensor<float> x) => TensorMath.CumulativeSum(x + 1f, 0) * x;
            [Graph] public static Tensor<float> LogSumExp(Tensor<float> x) => TensorMath.LogSumExp(x * x, 1, keepDimensions: true) + x;
            [Graph] public static Tensor<float> Columns(Tensor<float> x) => TensorMath.Sum(x * x, 0) + TensorMath.SoftMax(x, 0) - TensorMath.Max(x, 0);
            [Graph] public static Tensor<float> Gathered(Tensor<float> x) => TensorMath.GatherRows(x * 2f, new int[] { 1, 0, 1 }) + 1f;
            [Graph] public static Tensor<float> Scattered(Tensor<float> x) => TensorMath.ScatterAddRows(x, new int[] { 1, 0 }, TensorMath.ScatterRows(x, Tensor.Create(new int[] { 1, 0 }), x * 3f)) - x;
            [Graph] public static Tensor<float> Pooled(Tensor<float> x)
            {
                var images = x * 0.5f;
                var filtered = TensorMath.Conv2D(images, images, padding: 1) + 1f;
                return TensorMath.MaxPool2D(filtered, 2, 1) * TensorMath.AveragePool2D(filtered, 2, 1);
            }
            [Graph] public static Tensor<Half> Halves(Tensor<float> x) => TensorMath.SoftMax(Tensor.ConvertTruncating<float, Half>(x * 2f));
            [Graph] public static Tensor<float> Missing(Tensor<float> x) => TensorMath.CumulativeSum(x + 1f, 5);
            [Graph] public static string Constant() => string.Join(",", TensorMath.ArgMax(Tensor.Create(new int[] { 3, 5, 1, 9, 2, 4 }, new nint[] { 2, 3 }), 1).ToArray());
        }
        """;

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void Calls_of_TensorMath_are_no_fallbacks_and_do_what_they_do_unwoven(OptimizationLevel optimization)
    {
        using var program = new WovenProgram(Source, optimization);
        foreach (var method in new[] { "ArgMax", "CumulativeSum", "LogSumExp", "Columns", "Gathered", "Scattered", "Halves", "Missing" })
        {
            AssertCalled(program, method, [2, 4]);
        }

        AssertCalled(program, "Pooled", [1, 1, 2, 4]);

        program.AssertSame("Program", "Constant");
    }

    private static void AssertCalled(WovenProgram program, string method, nint[] lengths)
    {
        program.AssertSame("Program", method, () => [Tensor.Create([1f, -2f, 3f, 4f, 0.5f, 6f, -7f, 8f], lengths)]);
        var report = program.MethodReport("Program." + method);
        Assert.Equal((method, 0), (method, report.Fallbacks));
        Assert.DoesNotContain(report.Diagnostics, diagnostic => diagnostic.Descriptor.Code == "GW1001");
        Assert.True(report.Kernels > 0, method);
    }
}
