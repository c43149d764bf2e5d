using System.Numerics.Tensors;
using System.Text;
using GraphWeaver.Compiler.Operators;
using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>Conversions between all types that devices compute with, of the numbers at which they go wrong: what eager gives, and on the device.</summary>
[Collection("GraphMode")]
public sealed class DeviceConversionTests
{
    public static TheoryData<string, ElementType, ElementType> Conversions()
    {
        var data = new TheoryData<string, ElementType, ElementType>();
        foreach ((OperatorRow row, ElementType from, ElementType to) in Forms())
        {
            data.Add(row.Name, from, to);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Conversions))]
    public void A_device_converts_as_eager_does(string row, ElementType from, ElementType to) =>
        SpecialValues.Call(typeof(DeviceConversionTests), nameof(Compare), [from], row + from + to, SpecialValues.Of(from));

    /// <summary>The programs, which also compile to PTX.</summary>
    internal static string Source()
    {
        var source = new StringBuilder("public static class Program\n{\n");
        foreach ((OperatorRow row, ElementType from, ElementType to) in Forms())
        {
            source.AppendLine($"    [Graph] public static Tensor<{to.Keyword()}> {row.Name}{from}{to}(Tensor<{from.Keyword()}> x) => Tensor.{row.Name}<{from.Keyword()}, {to.Keyword()}>(x);");
        }

        return source.Append('}').ToString();
    }

    private static void Compare<T>(string method, T[] values)
        where T : unmanaged
    {
        long before = Accelerators.Current!.Statistics.Kernels;
        Workloads.Program("Conversions").AssertSame("Program", method, () => [Tensor.Create(values)]);
        Assert.Equal(before + 2, Accelerators.Current!.Statistics.Kernels);
    }

    private static IEnumerable<(OperatorRow Row, ElementType From, ElementType To)> Forms() =>
        from row in OperatorTable.Rows
        where row.Result == ResultType.Converted
        from @from in ElementTypes.Numeric.Where(row.IsOfDevice)
        from to in ElementTypes.Numeric.Where(row.IsOfDevice)
        where @from != to
        select (row, @from, to);
}
