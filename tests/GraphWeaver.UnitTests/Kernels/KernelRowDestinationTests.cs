using System.Numerics.Tensors;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>Kernels that reduce each row and write into memory that is there, which may be what they read: against plain loops.</summary>
public sealed class KernelRowDestinationTests
{
    private const int Seeds = 150;

    private static readonly nint[][] longShapes = [[2, 5000], [3000, 40], [1, 513], [700, 1], [64, 1024]];

    [Fact]
    public void SoftMax_writes_memory_of_any_layout()
    {
        KernelModule module = SoftMax();
        foreach ((nint[] shape, RandomLayouts layouts, string place) in Shapes())
        {
            Tensor<float> x = layouts.Of(shape);
            Tensor<float> result = layouts.Of(shape, isWritten: true);
            Assert.True(module.Run("SoftMax", x, result).Ran, place);
            AssertNear(place, result, Shares(x));
        }
    }

    [Fact]
    public void SoftMax_writes_over_what_it_has_read()
    {
        KernelModule module = SoftMax();
        foreach ((nint[] shape, RandomLayouts layouts, string place) in Shapes())
        {
            Tensor<float> x = layouts.Of(shape, isWritten: true);
            double[] expected = Shares(x);
            Assert.True(module.Run("SoftMax", x, x).Ran, place);
            AssertNear(place, x, expected);
        }
    }

    [Fact]
    public void Memory_that_overlaps_is_left_to_eager()
    {
        KernelModule module = SoftMax();
        Tensor<float> all = Numbers(8, 300);
        float[] before = [.. all];
        Assert.False(module.Run("SoftMax", all.Slice(0..4, ..), all.Slice(1..5, ..)).Ran);
        Assert.False(module.Run("SoftMax", all.Slice(1..5, ..), all.Slice(0..4, ..)).Ran);
        Assert.False(module.Run("SoftMax", all.Slice(.., 0..200), all.Slice(.., 1..201)).Ran);
        Assert.False(module.Run("SoftMax", all.Slice(0..1, ..), all.Slice(0..2, ..)).Ran);
        Assert.False(module.Run("SoftMax", Tensor.Transpose(all.Slice(.., 0..8)), all.Slice(.., 0..8)).Ran);
        Assert.False(module.Run("SoftMax", Tensor.Create(new float[8], [4, 2]), Tensor.Create(new float[4], [4, 2], [1, 0])).Ran);
        Assert.Equal(before, all);
        Assert.True(module.Run("SoftMax", all.Slice(0..4, ..), all.Slice(4..8, ..)).Ran);
    }

    [Fact]
    public void A_row_that_is_repeated_is_not_written_over()
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue gain = builder.Tensor(ElementType.Single);
        KernelValue result = builder.Tensor(ElementType.Single);
        builder.Destination(result, Node(builder, "Multiply", Node(builder, "Subtract", x, Reduced(builder, "MeanOfRows", x)), gain), [x, gain]);
        module.AddKernel("Scaled", builder.Build());
        Tensor<float> all = Numbers(4, 100);
        Assert.False(module.Run("Scaled", Numbers(4, 100), Tensor.Reshape(all.Slice(2..3, ..), [100]), all).Ran);
        Assert.False(module.Run("Scaled", Numbers(4, 100), all.Slice(.., 0..1), all).Ran);
        Assert.False(module.Run("Scaled", all, Tensor.Reshape(all.Slice(0..1, ..), [100]), all).Ran);
        Assert.Equal(Numbers(4, 100), all);

        // Of one row the repeated elements are the elements.
        Tensor<float> one = Numbers(1, 100);
        double mean = one.Average();
        double[] expected = [.. one.Select(value => (value - mean) * value)];
        Assert.True(module.Run("Scaled", one, Tensor.Reshape(one, [100]), one).Ran);
        AssertNear("one row", one, expected);
    }

    [Fact]
    public void What_is_written_early_waits_for_the_last_phase_that_reads_the_memory()
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue y = builder.Tensor(ElementType.Single);
        builder.Output(Shares(builder, x));
        builder.Destination(x, Node(builder, "Add", y, y), [y]);
        module.AddKernel("Kernel", builder.Build());
        foreach ((nint[] shape, RandomLayouts layouts, string place) in Shapes())
        {
            Tensor<float> written = layouts.Of(shape, isWritten: true);
            foreach (Tensor<float> doubled in new[] { layouts.Of(shape), written })
            {
                double[] shares = Shares(written);
                double[] sums = [.. TestValues.Elements(doubled).Select(value => 2 * Convert.ToDouble(value))];
                (bool ran, object?[] outputs) = module.Run("Kernel", written, doubled);
                Assert.True(ran, place);
                AssertNear(place, outputs[0], shares);
                AssertNear(place, written, sums);
            }
        }
    }

    [Fact]
    public void What_is_written_is_there_for_the_phases_after()
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue y = builder.Tensor(ElementType.Single);
        KernelValue sum = Node(builder, "Add", x, y);
        builder.Output(Shares(builder, sum));
        builder.Output(builder.Node(OperatorTable.Row("MaxOfRows"), ElementType.Single, [sum]));
        builder.Destination(x, sum, []);
        module.AddKernel("Kernel", builder.Build());
        foreach ((nint[] shape, RandomLayouts layouts, string place) in Shapes())
        {
            Tensor<float> written = layouts.Of(shape, isWritten: true);
            Tensor<float> expected = written + layouts.Of(shape);
            (bool ran, object?[] outputs) = module.Run("Kernel", written, expected - written);
            Assert.True(ran, place);
            AssertNear(place, written, [.. TestValues.Elements(expected).Select(Convert.ToDouble)]);
            AssertNear(place, outputs[0], Shares(written));
            AssertNear(place, outputs[1], [.. Rows(written).Select(row => row.Max())]);
        }
    }

    [Fact]
    public void A_value_of_rows_has_no_destination()
    {
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        builder.Destination(builder.Tensor(ElementType.Single), Reduced(builder, "SumOfRows", x), []);
        Assert.Throws<ArgumentException>(builder.Build);
    }

    private static KernelModule SoftMax()
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue shares = Shares(builder, x);
        builder.Destination(builder.Tensor(ElementType.Single), shares, [x]);
        module.AddKernel("SoftMax", builder.Build());
        return module;
    }

    private static KernelValue Shares(KernelGraphBuilder builder, KernelValue x)
    {
        KernelValue power = Node(builder, "Exp", Node(builder, "Subtract", x, Reduced(builder, "MaxOfRows", x)));
        return Node(builder, "Divide", power, Reduced(builder, "SumOfRows", power));
    }

    private static double[] Shares(Tensor<float> x) => [.. Rows(x).SelectMany(row =>
    {
        double largest = row.Max();
        double sum = row.Sum(value => Math.Exp(value - largest));
        return row.Select(value => Math.Exp(value - largest) / sum);
    })];

    private static KernelValue Node(KernelGraphBuilder builder, string row, params KernelValue[] operands) =>
        builder.Node(OperatorTable.Row(row), ElementType.Single, operands);

    private static KernelValue Reduced(KernelGraphBuilder builder, string row, KernelValue operand) =>
        builder.Node(OperatorTable.Row(row), ElementType.Single, [operand], keepsDimensions: true);

    private static IEnumerable<(nint[] Shape, RandomLayouts Layouts, string Place)> Shapes()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            var layouts = new RandomLayouts(seed);
            yield return (seed < longShapes.Length ? longShapes[seed] : layouts.Shape(), layouts, $"seed {seed}");
        }
    }

    private static Tensor<float> Numbers(nint rows, nint columns) =>
        Tensor.Create(Enumerable.Range(0, (int)(rows * columns)).Select(index => (index * 37 % 23) - 11f).ToArray(), [rows, columns]);

    private static double[][] Rows(Tensor<float> tensor) =>
        [.. TestValues.Elements(tensor).Select(Convert.ToDouble).Chunk((int)tensor.Lengths[^1])];

    private static void AssertNear(string place, object? actual, double[] expected)
    {
        double[] elements = [.. TestValues.Elements(actual).Select(Convert.ToDouble)];
        Assert.Equal(expected.Length, elements.Length);
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.True(Math.Abs(elements[index] - expected[index]) <= 1e-4 * Math.Max(1, Math.Abs(expected[index])), $"{place}, element {index}: {elements[index]} for {expected[index]}");
        }
    }
}
