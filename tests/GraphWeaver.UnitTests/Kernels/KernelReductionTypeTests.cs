using System.Reflection;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>Sum, average, largest and smallest of every element type whose result has eager's bits, and where eager throws instead.</summary>
public sealed class KernelReductionTypeTests
{
    private static readonly int[] sizes = [1, 2, 31, 65, 128, 256, 1027, 40_000, .. KernelWidthTests.IsChild ? Array.Empty<int>() : [300_007]];

    public static TheoryData<string, ElementType> Reductions()
    {
        var data = new TheoryData<string, ElementType>();
        foreach (string name in new[] { "Sum", "Average", "MaxOfAll", "MinOfAll" })
        {
            foreach (ElementType type in ElementTypes.Numeric.Where(type =>
                OperatorTable.Row(name).EmissionFor(type) is { } emission && !(type is ElementType.Single or ElementType.Double && emission.Name == "Add")))
            {
                data.Add(name, type);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Reductions))]
    public void A_reduction_gives_eagers_bits_and_gives_up_where_eager_throws(string name, ElementType type)
    {
        OperatorRow row = OperatorTable.Row(name);
        var module = new KernelModule();
        (MethodInfo eager, OperatorMatch match) = Assert.Single(EagerOperators.Of(row, type, module));
        var builder = new KernelGraphBuilder();
        builder.Output(builder.Node(match.Row, type, [builder.Tensor(type)]));
        module.AddEager("Eager", eager);
        module.AddKernel("Kernel", builder.Build());
        foreach (int size in sizes)
        {
            foreach (object tensor in new[] { TestValues.Tensor(type, size, size, isTame: false), TestValues.Finite(type, size, size) })
            {
                object? expected = module.Eager("Eager", tensor);
                (bool ran, object?[] outputs) = module.Run("Kernel", tensor);
                Assert.Equal(expected is not Exception, ran);
                Assert.True(!ran || TestValues.Ulps(outputs[0]!, expected!) == 0, $"{name} of {size} {type}: kernel {outputs[0]}, eager {expected}");
            }
        }
    }

    [Theory]
    [InlineData(ElementType.SByte, 127)]
    [InlineData(ElementType.Byte, 255)]
    [InlineData(ElementType.Int16, 32767)]
    [InlineData(ElementType.UInt16, 65535)]
    public void An_average_gives_up_on_more_elements_than_the_type_can_count(ElementType type, int most)
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue sum = builder.Node(OperatorTable.Row("Add"), type, [builder.Tensor(type), builder.Scalar(type)]);
        builder.Output(builder.Node(OperatorTable.Row("Average"), type, [sum]));
        module.AddKernel("Kernel", builder.Build());
        module.AddEager("Eager", Assert.Single(EagerOperators.Of(OperatorTable.Row("Average"), type, module)).Method);
        object scalar = TestValues.Scalar(type, 0);
        object tensor = TestValues.Tensor(type, most, 1, isTame: false);
        Assert.Equal(module.Eager("Eager", tensor), module.Run("Kernel", tensor, scalar).Outputs[0]);
        tensor = TestValues.Tensor(type, most + 1, 1, isTame: false);
        Assert.IsType<OverflowException>(module.Eager("Eager", tensor));
        Assert.False(module.Run("Kernel", tensor, scalar).Ran);
    }
}
