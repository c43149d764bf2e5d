using System.Buffers;
using System.Numerics.Tensors;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>What a kernel declines: it answers false with null results, and nothing has happened.</summary>
public sealed class KernelGuardTests
{
    private static readonly Tensor<float> matrix = Tensor.Create([1f, 2f, 3f, 4f, 5f, 6f], [2, 3]);

    public static TheoryData<string> Declined() => ["null first", "null second", "empty", "other lengths", "rank 9"];

    [Theory]
    [MemberData(nameof(Declined))]
    public void A_kernel_declines_operands_it_cannot_bring_together(string what)
    {
        (Tensor<float>? left, Tensor<float>? right) = what switch
        {
            "null first" => ((Tensor<float>?)null, (Tensor<float>?)matrix),
            "null second" => (matrix, (Tensor<float>?)null),
            "empty" => (Tensor.Create(Array.Empty<float>()), Tensor.Create(Array.Empty<float>())),
            "rank 9" => (matrix, Tensor.Create(new float[6], [1, 1, 1, 1, 1, 1, 1, 2, 3])),
            _ => (matrix, Tensor.Create(new float[6], [3, 2])),
        };
        (bool ran, object?[] outputs) = AddModule().Run("Kernel", left, right);
        Assert.False(ran);
        Assert.Equal([null], outputs);
    }

    [Fact]
    public void A_dense_slice_is_computed_from_its_own_first_element()
    {
        Tensor<float> row = matrix[new NRange(1, 2), new NRange(0, 3)];
        (bool ran, object?[] outputs) = AddModule().Run("Kernel", row, row);
        Assert.True(ran);
        Assert.Equal([8f, 10f, 12f], TestValues.Elements(outputs[0]).Cast<float>());
    }

    [Theory]
    [InlineData(new[] { 1, 2, 3 }, new[] { 1, 0, 3 }, false)]
    [InlineData(new[] { 1, int.MinValue, 3 }, new[] { 1, -1, 3 }, false)]
    [InlineData(new[] { 7, -7, 3 }, new[] { 2, -2, -1 }, true)]
    public void Integer_division_gives_up_where_eager_throws(int[] dividend, int[] divisor, bool expected)
    {
        KernelModule module = Module("Divide", ElementType.Int32, isScalar: false);
        Tensor<int> left = Tensor.Create(dividend);
        Tensor<int> right = Tensor.Create(divisor);
        (bool ran, object?[] outputs) = module.Run("Kernel", left, right);
        Assert.Equal(expected, ran);
        if (expected)
        {
            Assert.Equal(TestValues.Elements(left / right), TestValues.Elements(outputs[0]));
        }
        else
        {
            Assert.ThrowsAny<ArithmeticException>(() => left / right);
            Assert.Equal([null], outputs);
        }
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    public void Division_by_a_scalar_gives_up_where_eager_throws(long divisor)
    {
        Tensor<long> dividend = Tensor.Create([5L, long.MinValue]);
        Assert.ThrowsAny<ArithmeticException>(() => dividend / divisor);
        Assert.False(Module("Divide", ElementType.Int64, isScalar: true).Run("Kernel", dividend, divisor).Ran);
    }

    [Fact]
    public void The_magnitude_of_the_smallest_integer_gives_up_wherever_it_lies()
    {
        var builder = new KernelGraphBuilder();
        builder.Output(builder.Node(OperatorTable.Row("Abs"), ElementType.Int32, [builder.Tensor(ElementType.Int32)]));
        var module = new KernelModule();
        module.AddKernel("Kernel", builder.Build());
        int[] values = new int[300_000];
        Assert.True(module.Run("Kernel", Tensor.Create(values)).Ran);
        values[^1] = int.MinValue;
        Assert.Throws<OverflowException>(() => Tensor.Abs<int>(Tensor.Create(values)));
        (bool ran, object?[] outputs) = module.Run("Kernel", Tensor.Create(values));
        Assert.False(ran);
        Assert.Equal([null], outputs);
    }

    [Fact]
    public void Rounding_to_digits_that_do_not_exist_gives_up()
    {
        var builder = new KernelGraphBuilder();
        builder.Output(builder.Node(
            OperatorTable.Row("RoundDigits"), ElementType.Single,
            [builder.Tensor(ElementType.Single), builder.Scalar(ElementType.Int32)]));
        var module = new KernelModule();
        module.AddKernel("Kernel", builder.Build());
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Round<float>(matrix, 7));
        Assert.False(module.Run("Kernel", matrix, 7).Ran);
        Assert.True(module.Run("Kernel", matrix, 6).Ran);
    }

    private static KernelModule AddModule() => Module("Add", ElementType.Single, isScalar: false);

    private static KernelModule Module(string row, ElementType type, bool isScalar)
    {
        var builder = new KernelGraphBuilder();
        builder.Output(
            builder.Node(OperatorTable.Row(row), type, [builder.Tensor(type), isScalar ? builder.Scalar(type) : builder.Tensor(type)]));
        var module = new KernelModule();
        module.AddKernel("Kernel", builder.Build());
        return module;
    }
}
