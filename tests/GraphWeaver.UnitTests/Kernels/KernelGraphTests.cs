using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>Graphs as values: the text, common nodes, and what is refused.</summary>
public sealed class KernelGraphTests
{
    [Fact]
    public void The_text_shows_inputs_operators_and_outputs()
    {
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue half = builder.Scalar(ElementType.Single);
        KernelValue product = builder.Node(OperatorTable.Row("Multiply"), ElementType.Single, [x, half]);
        KernelValue converted = builder.Node(OperatorTable.Row("ConvertTruncating"), ElementType.Single, [product], ElementType.Int32);
        builder.Output(converted);
        builder.Output(builder.Node(OperatorTable.Row("Sum"), ElementType.Single, [product]));
        Assert.Equal(
            "kernel(%in0: tensor<float>, %in1: float)\n"
            + "  %0 = Multiply<float>(%in0, %in1)\n"
            + "  %1 = ConvertTruncating<float>(%0) : int\n"
            + "  %2 = Sum<float>(%0)\n"
            + "  return %1, %2\n",
            builder.Build().ToString());
    }

    [Fact]
    public void The_same_operator_on_the_same_operands_is_one_node()
    {
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Int32);
        KernelValue first = builder.Node(OperatorTable.Row("Add"), ElementType.Int32, [x, x]);
        Assert.Equal(first, builder.Node(OperatorTable.Row("Add"), ElementType.Int32, [x, x]));
        Assert.NotEqual(first, builder.Node(OperatorTable.Row("Multiply"), ElementType.Int32, [x, x]));
    }

    [Fact]
    public void A_row_that_is_short_for_others_becomes_those()
    {
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue[] operands = [x, builder.Tensor(ElementType.Single), builder.Tensor(ElementType.Single), builder.Scalar(ElementType.Single)];
        builder.Output(builder.Node(OperatorTable.Row("LayerNormOfRows"), ElementType.Single, operands));
        builder.Output(builder.Node(OperatorTable.Row("LessThanAny"), ElementType.Single, [x, operands[3]]));
        Assert.Equal(
            """
            kernel(%in0: tensor<float>, %in1: row<float>, %in2: row<float>, %in3: float)
              %0 = MeanOfRows<float>(%in0, kept)
              %1 = Subtract<float>(%in0, %0)
              %2 = Multiply<float>(%1, %1)
              %3 = MeanOfRows<float>(%2, kept)
              %4 = Add<float>(%3, %in3)
              %5 = Sqrt<float>(%4)
              %6 = Divide<float>(%1, %5)
              %7 = Multiply<float>(%6, %in1)
              %8 = Add<float>(%7, %in2)
              %9 = LessThan<float>(%in0, %in3) : bool
              %10 = Any<bool>(%9)
              return %8, %10

            """,
            builder.Build().ToString());
    }

    [Fact]
    public void A_node_given_out_twice_is_two_nodes()
    {
        var builder = new KernelGraphBuilder();
        KernelValue sum = builder.Node(OperatorTable.Row("Negate"), ElementType.Double, [builder.Tensor(ElementType.Double)]);
        builder.Output(sum);
        builder.Output(sum);
        Assert.Equal([0, 1], builder.Build().Outputs);
    }

    [Fact]
    public void An_operand_of_another_type_is_refused() => AssertRefused(builder =>
        builder.Node(
            OperatorTable.Row("Add"), ElementType.Single, [builder.Tensor(ElementType.Single), builder.Tensor(ElementType.Double)]));

    [Fact]
    public void A_type_the_row_does_not_take_is_refused() => AssertRefused(builder =>
        builder.Node(OperatorTable.Row("Sqrt"), ElementType.Int32, [builder.Tensor(ElementType.Int32)]));

    [Fact]
    public void A_reduction_as_an_operand_is_refused() => AssertRefused(builder =>
    {
        KernelValue x = builder.Tensor(ElementType.Single);
        return builder.Node(
            OperatorTable.Row("Add"), ElementType.Single, [x, builder.Node(OperatorTable.Row("Sum"), ElementType.Single, [x])]);
    });

    [Fact]
    public void A_kernel_of_scalars_alone_is_refused() => AssertRefused(builder =>
        builder.Node(OperatorTable.Row("Negate"), ElementType.Single, [builder.Scalar(ElementType.Single)]));

    private static void AssertRefused(Func<KernelGraphBuilder, KernelValue> node)
    {
        var builder = new KernelGraphBuilder();
        builder.Output(node(builder));
        Assert.Throws<ArgumentException>(builder.Build);
    }
}
