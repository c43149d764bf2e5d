using System.Numerics.Tensors;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>Kernels that reduce each row and go on with the rows' values, over tensors of any layout, against plain loops.</summary>
public sealed class KernelByRowTests
{
    private const int Seeds = 150;

    [Fact]
    public void SoftMax_over_rows_is_one_kernel_that_goes_over_a_row_three_times()
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue power = Node(builder, "Exp", Node(builder, "Subtract", x, Reduced(builder, "MaxOfRows", x)));
        builder.Output(Node(builder, "Divide", power, Reduced(builder, "SumOfRows", power)));
        module.AddKernel("SoftMax", builder.Build());
        for (int seed = 0; seed < Seeds; seed++)
        {
            var layouts = new RandomLayouts(seed);
            Tensor<float> input = layouts.Of(layouts.Shape());
            (bool ran, object?[] outputs) = module.Run("SoftMax", input);
            Assert.True(ran, $"seed {seed}");
            AssertNear(seed, outputs[0], Rows(input).SelectMany(row =>
            {
                double largest = row.Max();
                double sum = row.Sum(value => Math.Exp(value - largest));
                return row.Select(value => Math.Exp(value - largest) / sum);
            }));
        }
    }

    [Fact]
    public void Values_of_rows_are_computed_with_given_out_and_repeated_over_their_rows()
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue gamma = builder.Tensor(ElementType.Single);
        KernelValue epsilon = builder.Scalar(ElementType.Single);
        KernelValue centred = Node(builder, "Subtract", x, Reduced(builder, "MeanOfRows", x));
        KernelValue deviation = Node(builder, "Sqrt", Node(builder, "Add", Reduced(builder, "MeanOfRows", Node(builder, "Multiply", centred, centred)), epsilon));
        builder.Output(Node(builder, "Multiply", Node(builder, "Divide", centred, deviation), gamma));
        builder.Output(deviation);
        builder.Output(builder.Node(OperatorTable.Row("MinOfRows"), ElementType.Single, [x]));
        builder.Output(Node(builder, "GreaterThan", x, Reduced(builder, "MinOfRows", x)));
        builder.Output(Node(builder, "MaxOfAll", centred));
        module.AddKernel("Normal", builder.Build());
        for (int seed = 0; seed < Seeds; seed++)
        {
            var layouts = new RandomLayouts(seed);
            nint[] shape = layouts.Shape();
            Tensor<float> input = layouts.Of(shape);
            Tensor<float> factor = layouts.Of([shape[^1]]);
            (bool ran, object?[] outputs) = module.Run("Normal", input, factor, 1e-5f);
            Assert.True(ran, $"seed {seed}");
            double[] factors = [.. Rows(factor)[0]];
            var rows = Rows(input).Select(row => (Values: row, Mean: row.Average())).ToArray();
            double[] deviations = [.. rows.Select(row => Math.Sqrt(row.Values.Average(value => Math.Pow(value - row.Mean, 2)) + 1e-5f))];
            AssertNear(seed, outputs[0], rows.SelectMany((row, index) =>
                row.Values.Select((value, column) => (value - row.Mean) / deviations[index] * factors[column])));
            AssertNear(seed, outputs[1], deviations);
            AssertNear(seed, outputs[2], rows.Select(row => row.Values.Min()));
            AssertNear(seed, outputs[3], rows.SelectMany(row => row.Values.Select(value => value > row.Values.Min() ? 1.0 : 0)));
            AssertNear(seed, outputs[4], [rows.Max(row => row.Values.Max() - row.Mean)]);
            Assert.Equal([.. shape[..^1], 1], ((Tensor<float>)outputs[1]!).Lengths.ToArray());
            Assert.Equal(shape.Length > 1 ? shape[..^1] : [1], ((Tensor<float>)outputs[2]!).Lengths.ToArray());
        }
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(-2, false)]
    public void Another_dimension_than_the_last_is_left_to_eager(int dimension, bool expected)
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        builder.Output(Reduced(builder, "SumOfRows", builder.Tensor(ElementType.Int32), builder.Scalar(ElementType.Int32)));
        module.AddKernel("Sum", builder.Build());
        (bool ran, object?[] outputs) = module.Run("Sum", Tensor.Create([1, 2, 3, 4], [2, 2]), dimension);
        Assert.Equal(expected, ran);
        Assert.Equal(expected ? [3, 7] : [], ran ? TestValues.Elements(outputs[0]) : []);
    }

    [Fact]
    public void Values_of_rows_do_not_make_a_result_larger_than_eager_makes_it()
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue y = builder.Tensor(ElementType.Single);
        builder.Output(Node(builder, "Add", Reduced(builder, "SumOfRows", x), y));
        module.AddKernel("Kernel", builder.Build());
        Tensor<float> matrix = Tensor.Create([1f, 2f, 3f, 4f], [2, 2]);
        Assert.False(module.Run("Kernel", matrix, Tensor.Create([1f, 2f], [2, 1])).Ran);
        Assert.True(module.Run("Kernel", matrix, matrix).Ran);
    }

    private static KernelValue Node(KernelGraphBuilder builder, string row, params KernelValue[] operands) =>
        builder.Node(OperatorTable.Row(row), ElementType.Single, operands);

    private static KernelValue Reduced(KernelGraphBuilder builder, string row, params KernelValue[] operands) =>
        builder.Node(OperatorTable.Row(row), operands.Length == 2 ? ElementType.Int32 : ElementType.Single, operands, keepsDimensions: true);

    private static double[][] Rows(Tensor<float> tensor) =>
        [.. TestValues.Elements(tensor).Select(Convert.ToDouble).Chunk((int)tensor.Lengths[^1])];

    private static void AssertNear(int seed, object? actual, IEnumerable<double> expected)
    {
        double[] elements = [.. TestValues.Elements(actual).Select(Convert.ToDouble)];
        double[] wanted = [.. expected];
        Assert.Equal(wanted.Length, elements.Length);
        for (int index = 0; index < wanted.Length; index++)
        {
            Assert.True(Math.Abs(elements[index] - wanted[index]) <= 1e-4 * Math.Max(1, Math.Abs(wanted[index])), $"seed {seed}, element {index}: {elements[index]} for {wanted[index]}");
        }
    }
}
