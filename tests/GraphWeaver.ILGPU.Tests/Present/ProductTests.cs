using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>Matrix products with what goes on with them: woven against unwoven, bit for bit where the CPU has fused multiply-add, and each really ran on the device.</summary>
[Collection("GraphMode")]
public sealed class ProductTests
{
    /// <summary>The programs, which also compile to PTX.</summary>
    internal const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<float> Dense(Tensor<float> x, Tensor<float> w, Tensor<float> b) => Tensor.Max<float>(TensorMath.MatMul(x, w) + b, 0f);
            [Graph] public static Tensor<double> Doubles(Tensor<double> x, Tensor<double> y) => TensorMath.MatMul(x, y) * 0.5 - 1.0;
            [Graph] public static Tensor<float> Square(Tensor<float> x) => TensorMath.MatMul(x, x) - x;
            [Graph] public static Tensor<float> Into(Tensor<float> x, Tensor<float> y, Tensor<float> result)
            {
                Tensor.Add<float>(TensorMath.MatMul(x, y), result, result);
                return result;
            }
            [Graph] public static Tensor<float> Twice(Tensor<float> x, Tensor<float> v, Tensor<float> w) =>
                Tensor.Max<float>(TensorMath.MatMul(Tensor.Max<float>(TensorMath.MatMul(x, v), 0f), w), 0f);
            [Graph] public static Tensor<float> Sum(Tensor<float> x, Tensor<float> y) => TensorMath.MatMul(x, y) + TensorMath.MatMul(y, x);
            [Graph] public static Tensor<float> Cell(Tensor<float> x, Tensor<float> v, Tensor<float> h, Tensor<float> w, Tensor<float> b) =>
                Tensor.Max<float>(TensorMath.MatMul(x, v) + TensorMath.MatMul(h, w) + b, 0f);
            [Graph] public static Tensor<int> Integers(Tensor<int> x, Tensor<int> y) => TensorMath.MatMul(x, y) + 1;
            [Graph] public static Tensor<float> Alone(Tensor<float> x, Tensor<float> y) => TensorMath.MatMul(x, y);
            [Graph] public static Tensor<double> Chain(Tensor<double> x, Tensor<double> y, Tensor<double> z) => TensorMath.MatMul(TensorMath.MatMul(x, y), z);
            [Graph] public static double Trace(Tensor<double> x, Tensor<double> y) { var z = TensorMath.MatMul(x * 2.0 + 1.0, y); return z[0, 0] + z[1, 1]; }
        }
        """;

    public static TheoryData<int, int, int> Shapes() => new() { { 1, 1, 1 }, { 3, 5, 2 }, { 8, 16, 16 }, { 9, 33, 17 }, { 17, 18, 35 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_dense_layer_is_one_kernel(int rows, int depth, int columns) =>
        Run("Dense", 1, () => [Numbers<float>(1, rows, depth), Numbers<float>(2, depth, columns), Numbers<float>(3, columns)]);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Doubles_are_multiplied(int rows, int depth, int columns) =>
        Run("Doubles", 1, () => [Numbers<double>(1, rows, depth), Numbers<double>(2, depth, columns)]);

    [Fact]
    public void Stacks_are_multiplied_and_one_matrix_by_many()
    {
        Run("Doubles", 1, () => [Numbers<double>(1, 2, 3, 4, 5), Numbers<double>(2, 2, 3, 5, 3)]);
        Run("Doubles", 1, () => [Numbers<double>(1, 3, 4, 5), Numbers<double>(2, 5, 3)]);
        Run("Doubles", 1, () => [Numbers<double>(1, 4, 5), Numbers<double>(2, 3, 5, 3)]);
        Run("Doubles", 1, () => [Numbers<double>(1, 3, 1, 4, 5), Numbers<double>(2, 1, 2, 5, 3)], kernelsOfDevice: 0);
    }

    [Fact]
    public void A_transposed_operand_is_read_as_it_is() =>
        Run("Doubles", 1, () => [Tensor.PermuteDimensions(Numbers<double>(1, 7, 5), [1, 0]), Numbers<double>(2, 7, 3)]);

    [Fact]
    public void A_product_with_itself_and_into_a_tensor()
    {
        Run("Square", 1, () => [Numbers<float>(1, 5, 5)]);
        Run("Into", 1, () => [Numbers<float>(1, 5, 4), Numbers<float>(2, 4, 6), Numbers<float>(3, 5, 6)]);
    }

    [Fact]
    public void What_is_between_two_products_stays_on_the_device()
    {
        long before = Accelerators.Current!.Statistics.Downloads;
        Run("Twice", 2, () => [Numbers<float>(1, 3, 4), Numbers<float>(2, 4, 6), Numbers<float>(3, 6, 2)]);
        Assert.Equal(before + 2, Accelerators.Current.Statistics.Downloads);
    }

    [Fact]
    public void A_product_by_itself_is_made_on_the_device()
    {
        Run("Alone", 1, () => [Numbers<float>(1, 3, 4), Numbers<float>(2, 4, 5)]);
        Run("Trace", 2, () => [Numbers<double>(1, 2, 3), Numbers<double>(2, 3, 2)]);
        Run("Alone", 0, () => [Numbers<float>(1, 3, 4), Numbers<float>(2, 3, 5)]);
        Run("Alone", 0, () => [null, Numbers<float>(2, 3, 5)]);
        Run("Alone", 0, () => [Numbers<float>(1, 3, 0), Numbers<float>(2, 0, 5)]);
        long before = Accelerators.Current!.Statistics.Downloads;
        Run("Chain", 2, () => [Numbers<double>(1, 2, 3), Numbers<double>(2, 3, 4), Numbers<double>(3, 4, 2)]);
        Assert.Equal(before + 2, Accelerators.Current.Statistics.Downloads);
    }

    [Fact]
    public void Special_values_go_the_same_way()
    {
        float[] values = [float.NaN, float.PositiveInfinity, -0f, 1e-30f, -1e-30f, 3, 1e38f, -1e38f, 0];
        Run("Square", 1, () => [Tensor.Create([.. values], [3, 3])]);
    }

    [Fact]
    public void Two_products_in_a_kernel_are_two_launches()
    {
        Run("Sum", 2, () => [Numbers<float>(1, 4, 4), Numbers<float>(2, 4, 4)]);
        long before = Accelerators.Current!.Statistics.Downloads;
        Run("Cell", 2, () => [Numbers<float>(1, 3, 4), Numbers<float>(2, 4, 6), Numbers<float>(3, 3, 5), Numbers<float>(4, 5, 6), Numbers<float>(5, 6)]);
        Assert.Equal(before + 2, Accelerators.Current.Statistics.Downloads);
    }

    [Fact]
    public void Other_types_and_bad_shapes_are_left_to_the_processor()
    {
        Run("Integers", 0, () => [Workloads.Numbers<int>(1, -9, 9, 3, 4), Workloads.Numbers<int>(2, -9, 9, 4, 2)]);
        Run("Doubles", 0, () => [Numbers<double>(1, 4, 5), Numbers<double>(2, 4, 3)]);
        Run("Doubles", 0, () => [null, Numbers<double>(2, 4, 3)]);
    }

    private static Tensor<T> Numbers<T>(int seed, params nint[] lengths)
        where T : INumber<T> => Workloads.Numbers<T>(seed, -1, 1, lengths);

    private static void Run(string method, int kernels, Func<object?[]> arguments, int? kernelsOfDevice = null)
    {
        long before = Accelerators.Current!.Statistics.Kernels;
        string[] messages = [.. Accelerators.Messages];
        Workloads.Program("Products").AssertSame("Program", method, arguments);
        Assert.Equal(messages, Accelerators.Messages);
        Assert.Equal(before + (2 * (kernelsOfDevice ?? kernels)), Accelerators.Current.Statistics.Kernels);
    }
}
