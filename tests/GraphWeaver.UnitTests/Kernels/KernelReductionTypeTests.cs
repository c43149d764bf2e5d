using System.Numerics.Tensors;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>What an element type itself limits: the order in which Half is added, and how many elements a short integer can count.</summary>
public sealed class KernelReductionTypeTests
{
    [Fact]
    public void Sums_of_Half_have_eagers_bits_however_many_elements_there_are()
    {
        var random = new Random(1);
        Tensor<Half> tensor = Tensor.Create(Enumerable.Range(0, 200_003).Select(_ => (Half)((random.NextSingle() * 0.02f) - 0.01f)).ToArray());
        (KernelModule module, object? expected) = Reduced("Sum", ElementType.Half, tensor);
        Assert.Equal(0, TestValues.Ulps(module.Run("Kernel", tensor, Half.Zero).Outputs[0]!, expected!));

        // One more and one less change nothing any more: the sum has lost its small addends.
        Tensor<Half> ones = Tensor.Create(Enumerable.Repeat(Half.One, 100_000).ToArray());
        (module, expected) = Reduced("Sum", ElementType.Half, ones);
        Assert.Equal((Half)2048, expected);
        Assert.Equal((Half)2048, module.Run("Kernel", ones, Half.Zero).Outputs[0]);
    }

    [Theory]
    [InlineData(ElementType.SByte, 127)]
    [InlineData(ElementType.Byte, 255)]
    [InlineData(ElementType.Int16, 32767)]
    [InlineData(ElementType.UInt16, 65535)]
    public void An_average_gives_up_on_more_elements_than_the_type_can_count(ElementType type, int most)
    {
        object scalar = TestValues.Scalar(type, 0);
        object tensor = TestValues.Tensor(type, most, 1, isTame: false);
        (KernelModule module, object? expected) = Reduced("Average", type, tensor);
        Assert.Equal(expected, module.Run("Kernel", tensor, scalar).Outputs[0]);
        tensor = TestValues.Tensor(type, most + 1, 1, isTame: false);
        (module, expected) = Reduced("Average", type, tensor);
        Assert.IsType<OverflowException>(expected);
        Assert.False(module.Run("Kernel", tensor, scalar).Ran);
    }

    /// <summary>A kernel that adds a scalar and reduces, and what the eager reduction gives.</summary>
    private static (KernelModule Module, object? Expected) Reduced(string name, ElementType type, object tensor)
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue sum = builder.Node(OperatorTable.Row("Add"), type, [builder.Tensor(type), builder.Scalar(type)]);
        builder.Output(builder.Node(OperatorTable.Row(name), type, [sum]));
        module.AddKernel("Kernel", builder.Build());
        module.AddEager("Eager", Assert.Single(EagerOperators.Of(OperatorTable.Row(name), type, module)).Method);
        return (module, module.Eager("Eager", tensor));
    }
}
