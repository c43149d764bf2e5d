using System.Numerics.Tensors;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>Kernels over tensors of any layout and of shapes that broadcast, against eager on the same tensors.</summary>
public sealed class KernelLayoutTests
{
    private const int Seeds = 400;

    [Fact]
    public void A_chain_gives_what_eager_gives()
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue y = builder.Tensor(ElementType.Single);
        KernelValue z = builder.Tensor(ElementType.Single);
        KernelValue sum = Node(builder, "Add", x, y);
        KernelValue result = Node(builder, "Subtract", Node(builder, "Multiply", sum, z), Node(builder, "Max", x, z));
        builder.Output(result);
        builder.Output(Node(builder, "LessThan", result, y));
        builder.Output(Node(builder, "MaxOfAll", result));
        module.AddKernel("Chain", builder.Build());
        for (int seed = 0; seed < Seeds; seed++)
        {
            var layouts = new RandomLayouts(seed);
            nint[] shape = layouts.Shape();
            Tensor<float>[] inputs = [layouts.Part(shape), layouts.Part(shape), layouts.Part(shape)];
            Tensor<float> expected = ((inputs[0] + inputs[1]) * inputs[2]) - Tensor.Max<float>(inputs[0], inputs[2]);
            (bool ran, object?[] outputs) = module.Run("Chain", inputs);
            Assert.True(ran, $"seed {seed}");
            AssertSame(seed, expected, (Tensor<float>)outputs[0]!);
            AssertSame(seed, Tensor.LessThan<float>(expected, inputs[1]), (Tensor<bool>)outputs[1]!);
            Assert.Equal(Tensor.Max<float>(expected), outputs[2]);
        }
    }

    [Fact]
    public void A_node_given_out_that_is_smaller_than_the_kernels_shape_is_left_to_eager()
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue y = builder.Tensor(ElementType.Single);
        KernelValue small = Node(builder, "Add", x, x);
        builder.Output(small);
        builder.Output(Node(builder, "Add", small, y));
        module.AddKernel("Kernel", builder.Build());
        Assert.False(module.Run("Kernel", Tensor.Create([1f, 2f]), Tensor.Create(new float[4], [2, 2])).Ran);
        Assert.True(module.Run("Kernel", Tensor.Create(new float[4], [2, 2]), Tensor.Create([1f, 2f])).Ran);
    }

    [Theory]
    [InlineData("Multiply")]
    [InlineData("Ieee754Remainder")]
    public void A_destination_of_any_layout_is_written_as_eager_writes_it(string name)
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue y = builder.Tensor(ElementType.Single);
        KernelValue destination = builder.Tensor(ElementType.Single);
        builder.Destination(destination, Node(builder, name, x, y), [x, y]);
        module.AddKernel("Kernel", builder.Build());
        int runs = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            var layouts = new RandomLayouts(seed);
            nint[] shape = layouts.Shape();
            Tensor<float>[] inputs = [layouts.Part(shape), layouts.Part(shape), layouts.Of(shape, isWritten: true)];
            (bool ran, _) = module.Run("Kernel", inputs);
            Tensor<float> expected = name == "Multiply" ? inputs[0] * inputs[1] : Tensor.Ieee754Remainder<float>(inputs[0], inputs[1]);
            Assert.Equal(expected.Lengths.SequenceEqual(shape), ran);
            if (ran)
            {
                runs++;
                AssertSame(seed, expected, inputs[2]);
            }
        }

        Assert.InRange(runs, Seeds / 3, Seeds);
    }

    [Fact]
    public void A_destination_that_overlaps_an_operand_is_left_to_eager()
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue y = builder.Tensor(ElementType.Single);
        KernelValue destination = builder.Tensor(ElementType.Single);
        builder.Destination(destination, Node(builder, "Add", x, y), [x, y]);
        module.AddKernel("Kernel", builder.Build());
        Tensor<float> all = Tensor.Create(Enumerable.Range(0, 40).Select(index => (float)index).ToArray(), [5, 8]);
        Tensor<float> left = all.Slice(0..4, 0..4);
        Tensor<float> right = all.Slice(1..5, 4..8);
        Tensor<float> other = Tensor.Create(new float[4]);
        Assert.True(module.Run("Kernel", left, other, left).Ran);
        Assert.False(module.Run("Kernel", left, other, right).Ran);
        Assert.False(module.Run("Kernel", left, other, all.Slice(0..4, 1..5)).Ran);
        Assert.False(module.Run("Kernel", left, other, Tensor.Transpose(left)).Ran);
        Assert.True(module.Run("Kernel", all.Slice(0..2, 0..8), Tensor.Create(new float[8]), all.Slice(2..4, 0..8)).Ran);
        Assert.False(module.Run("Kernel", other, other, Tensor.Create(new float[4], [4, 4], [0, 1])).Ran);
    }

    private static KernelValue Node(KernelGraphBuilder builder, string row, params KernelValue[] operands) =>
        builder.Node(OperatorTable.Row(row), ElementType.Single, operands);

    private static void AssertSame<T>(int seed, Tensor<T> expected, Tensor<T> actual)
    {
        Assert.True(expected.Lengths.SequenceEqual(actual.Lengths), $"seed {seed}: lengths");
        object[] expectedElements = TestValues.Elements(expected);
        object[] actualElements = TestValues.Elements(actual);
        for (int index = 0; index < expectedElements.Length; index++)
        {
            Assert.True(TestValues.Ulps(actualElements[index], expectedElements[index]) == 0,
                $"seed {seed}, element {index}: {actualElements[index]} for {expectedElements[index]}");
        }
    }
}
