using System.Numerics.Tensors;
using System.Runtime.Intrinsics.X86;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>Two operators put together in a kernel: which are, and that they give what the two give.</summary>
public sealed class KernelCombinationTests
{
    private static readonly float[] Special = [0f, -0f, 1f, -1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, float.MaxValue, 3f];

    public static TheoryData<string, Func<float, float, bool>> Comparisons => new()
    {
        { "Equals", (x, y) => x == y },
        { "GreaterThan", (x, y) => x > y },
        { "GreaterThanOrEqual", (x, y) => x >= y },
        { "LessThan", (x, y) => x < y },
        { "LessThanOrEqual", (x, y) => x <= y },
    };

    [Theory]
    [MemberData(nameof(Comparisons), DisableDiscoveryEnumeration = true)]
    public void A_selection_by_a_comparison_takes_its_operands(string comparison, Func<float, float, bool> isTrue)
    {
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue y = builder.Tensor(ElementType.Single);
        KernelValue other = builder.Scalar(ElementType.Single);
        KernelValue mask = Node(builder, comparison, x, y);
        builder.Output(Node(builder, "Where", mask, x, other));
        builder.Output(Node(builder, "FilteredUpdate", y, mask, other));
        (KernelGraph graph, IReadOnlyList<int> contractions) = CombinedOperators.In(builder.Build(), contracts: false);
        Assert.Empty(contractions);
        Assert.Equal(
            "kernel(%in0: tensor<float>, %in1: tensor<float>, %in2: float)\n"
            + $"  %0 = Where{comparison}<float>(%in0, %in1, %in0, %in2)\n"
            + $"  %1 = Where{comparison}<float>(%in0, %in1, %in2, %in1)\n"
            + "  return %0, %1\n",
            graph.ToString());

        var module = new KernelModule();
        module.AddKernel("Kernel", graph);
        (float[] left, float[] right) = Pairs();
        (bool ran, object?[] outputs) = module.Run("Kernel", Tensor.Create(left), Tensor.Create(right), 7f);
        Assert.True(ran);
        Assert.Equal(left.Zip(right, (a, b) => isTrue(a, b) ? a : 7f), (Tensor<float>)outputs[0]!);
        Assert.Equal(left.Zip(right, (a, b) => isTrue(a, b) ? 7f : b), (Tensor<float>)outputs[1]!);
    }

    [Fact]
    public void A_comparison_that_is_given_out_or_of_another_type_stays()
    {
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue whole = builder.Tensor(ElementType.Int32);
        KernelValue mask = Node(builder, "GreaterThan", x, builder.Scalar(ElementType.Single));
        builder.Output(mask);
        builder.Output(Node(builder, "Where", mask, x, x));
        builder.Output(builder.Node(OperatorTable.Row("Where"), ElementType.Int32, [mask, whole, whole]));
        Assert.Equal(
            "kernel(%in0: tensor<float>, %in1: tensor<int>, %in2: float)\n"
            + "  %0 = GreaterThan<float>(%in0, %in2) : bool\n"
            + "  %1 = WhereGreaterThan<float>(%in0, %in2, %in0, %in0)\n"
            + "  %2 = Where<int>(%0, %in1, %in1)\n"
            + "  return %0, %1, %2\n",
            CombinedOperators.In(builder.Build(), contracts: true).Graph.ToString());
    }

    [Fact]
    public void A_product_is_rounded_with_the_one_sum_it_goes_into_where_that_is_allowed()
    {
        var builder = new KernelGraphBuilder();
        KernelValue x = builder.Tensor(ElementType.Single);
        KernelValue y = builder.Tensor(ElementType.Single);
        KernelValue z = builder.Tensor(ElementType.Single);
        builder.Output(Node(builder, "Add", z, Node(builder, "Multiply", x, y)));
        builder.Output(Node(builder, "Subtract", Node(builder, "Multiply", x, z), y));
        builder.Output(Node(builder, "Subtract", y, Node(builder, "Multiply", x, x)));
        KernelValue seen = Node(builder, "Multiply", y, z);
        builder.Output(seen);
        builder.Output(Node(builder, "Add", seen, x));
        KernelValue twice = Node(builder, "Multiply", y, y);
        builder.Output(Node(builder, "Add", twice, twice));
        KernelGraph plain = builder.Build();
        Assert.Equal(plain.ToString(), CombinedOperators.In(plain, contracts: false).Graph.ToString());
        (KernelGraph graph, IReadOnlyList<int> contractions) = CombinedOperators.In(plain, contracts: true);
        Assert.Equal(3, contractions.Count);
        Assert.Equal(
            "kernel(%in0: tensor<float>, %in1: tensor<float>, %in2: tensor<float>)\n"
            + "  %0 = MultiplyThenAdd<float>(%in0, %in1, %in2)\n"
            + "  %1 = MultiplyThenSubtract<float>(%in0, %in2, %in1)\n"
            + "  %2 = SubtractProduct<float>(%in0, %in0, %in1)\n"
            + "  %3 = Multiply<float>(%in1, %in2)\n"
            + "  %4 = Add<float>(%3, %in0)\n"
            + "  %5 = Multiply<float>(%in1, %in1)\n"
            + "  %6 = Add<float>(%5, %5)\n"
            + "  return %0, %1, %2, %3, %4, %6\n",
            graph.ToString());

        var module = new KernelModule();
        module.AddKernel("Kernel", graph);
        (float[] left, float[] right) = Pairs();
        float[] third = [.. Enumerable.Range(0, left.Length).Select(index => 1f - (index / 7f))];
        (bool ran, object?[] outputs) = module.Run("Kernel", Tensor.Create(left), Tensor.Create(right), Tensor.Create(third));
        Assert.True(ran);
        AssertRounded(left, right, third, (Tensor<float>)outputs[0]!);
        AssertRounded(left, third, [.. right.Select(value => -value)], (Tensor<float>)outputs[1]!);
        AssertRounded([.. left.Select(value => -value)], left, right, (Tensor<float>)outputs[2]!);
    }

    private static KernelValue Node(KernelGraphBuilder builder, string row, params KernelValue[] operands) =>
        builder.Node(OperatorTable.Row(row), ElementType.Single, operands);

    /// <summary>Every pair of special values and some that are not.</summary>
    private static (float[] Left, float[] Right) Pairs()
    {
        var pairs = (from x in Special from y in Special select (x, y)).Concat(Enumerable.Range(0, 33).Select(index => (index * 0.37f, 5f - (index * 1.1f)))).ToList();
        return ([.. pairs.Select(pair => pair.Item1)], [.. pairs.Select(pair => pair.Item2)]);
    }

    /// <summary>Once where the processor can, else as the two operators.</summary>
    private static void AssertRounded(float[] x, float[] y, float[] z, Tensor<float> actual) => Assert.Equal(
        Enumerable.Range(0, x.Length).Select(index => Fma.IsSupported ? MathF.FusedMultiplyAdd(x[index], y[index], z[index]) : (x[index] * y[index]) + z[index]), actual);
}
