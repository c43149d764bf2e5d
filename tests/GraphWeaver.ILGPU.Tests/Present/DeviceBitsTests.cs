using System.Numerics.Tensors;
using System.Text;
using GraphWeaver.Compiler.Operators;
using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>Shifts and rotations by any number, beyond the width and below zero too: what eager gives, and on the device.</summary>
[Collection("GraphMode")]
public sealed class DeviceBitsTests
{
    public static TheoryData<string, ElementType> Operators()
    {
        var data = new TheoryData<string, ElementType>();
        foreach ((OperatorRow row, ElementType type) in Forms())
        {
            data.Add(row.Name, type);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void A_device_moves_bits_as_eager_does(string row, ElementType type) =>
        SpecialValues.Call(typeof(DeviceBitsTests), nameof(Compare), [type], row + type, SpecialValues.Of(type));

    /// <summary>The programs, which also compile to PTX.</summary>
    internal static string Source()
    {
        var source = new StringBuilder("public static class Program\n{\n");
        foreach ((OperatorRow row, ElementType type) in Forms())
        {
            source.AppendLine($"    [Graph] public static Tensor<{type.Keyword()}> {row.Name}{type}(Tensor<{type.Keyword()}> x, int n) => Tensor.{row.Name}<{type.Keyword()}>(x, n);");
        }

        return source.Append('}').ToString();
    }

    private static void Compare<T>(string method, T[] values)
        where T : unmanaged
    {
        foreach (int count in new[] { 0, 1, 3, 7, 8, 15, 16, 31, 32, 33, 63, 64, 65, -1, -9, int.MinValue })
        {
            long before = Accelerators.Current!.Statistics.Kernels;
            Workloads.Program("Bits").AssertSame("Program", method, () => [Tensor.Create(values), count]);
            Assert.Equal(before + 2, Accelerators.Current!.Statistics.Kernels);
        }
    }

    private static IEnumerable<(OperatorRow Row, ElementType Type)> Forms() =>
        from row in OperatorTable.Rows
        where row.Kind == OperatorKind.UnaryWithInt32
        from type in ElementTypes.Numeric
        where !type.IsFloatingPoint() && row.IsOfDevice(type) && row.EmissionFor(type) is not null
        select (row, type);
}
