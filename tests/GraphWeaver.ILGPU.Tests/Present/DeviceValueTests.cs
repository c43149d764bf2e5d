using System.Numerics;
using System.Numerics.Tensors;
using System.Text;
using GraphWeaver.Compiler.Operators;
using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>
/// Every element-wise row of the operator table that is for devices, on every pair of the numbers at which devices and compilers go wrong: the device gives the bits of the CPU
/// backend, which others compare with eager; where that calls what eager calls, what is within the row's bound of it. A NaN's are its own.
/// </summary>
[Collection("GraphMode")]
public sealed class DeviceValueTests
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
    public void A_device_gives_the_bits_of_the_cpu(string row, ElementType type) => SpecialValues.Call(typeof(DeviceValueTests), nameof(Compare), [type], row, type, SpecialValues.Of(type));

    private static void Compare<T>(string row, ElementType type, T[] values)
        where T : unmanaged, INumber<T>
    {
        if (row is "Sin" or "Cos" or "Tan")
        {
            // Larger angles are not the CPU's to the bit.
            T large = T.CreateTruncating(type == ElementType.Single ? 100000 : 1 << 27);
            values = [.. values.Where(value => !T.IsFinite(value) || T.Abs(value) <= large)];
        }

        Tensor<T> x = Tensor.Create([.. values.SelectMany(value => values.Select(_ => value))]);
        Tensor<T> y = Tensor.Create([.. values.SelectMany(_ => values)]);
        OperatorRow operation = OperatorTable.Row(row);
        long before = Accelerators.Current!.Statistics.Kernels;
        string[] actual = Run(out double[] numbers);
        Assert.Equal(before + 1, Accelerators.Current!.Statistics.Kernels);
        Backend device = GraphMode.Backend;
        try
        {
            GraphMode.Backend = Backend.Cpu;
            string[] expected = Run(out double[] nearly);
            double ulps = operation.EmissionFor(type)!.Form == CpuForm.Primitive ? operation.Ulps : 0;
            Assert.Equal("", string.Join("\n", Enumerable.Range(0, expected.Length).Where(i => expected[i] != actual[i] && !(ulps > 0 && Ulp.IsWithin(nearly[i], numbers[i], type, ulps))).Select(i => $"{x[i]} {y[i]}: {expected[i]} is {actual[i]}")));
        }
        finally
        {
            GraphMode.Backend = device;
        }

        string[] Run(out double[] numbers)
        {
            numbers = [];
            var method = Workloads.Program("Values").Woven.Assembly.GetType("Program")!.GetMethod(row + type)!;
            if (operation.Result == ResultType.Boolean)
            {
                Tensor<bool> mask = Tensor.CreateFromShape<bool>(x.Lengths);
                method.Invoke(null, [x, y, mask]);
                return [.. mask.Select(value => value.ToString())];
            }

            if (operation.Result == ResultType.Int32)
            {
                Tensor<int> exponents = Tensor.CreateFromShape<int>(x.Lengths);
                method.Invoke(null, [x, y, exponents]);
                return [.. exponents.Select(value => value.ToString())];
            }

            Tensor<T> result = Tensor.CreateFromShape<T>(x.Lengths);
            method.Invoke(null, [x, y, result]);
            numbers = [.. result.Select(double.CreateTruncating)];
            return [.. result.Select(value => T.IsNaN(value) ? "NaN" : ValueText.Of(value))];
        }
    }

    private static IEnumerable<(OperatorRow Row, ElementType Type)> Forms() =>
        from row in OperatorTable.Rows
        where row.DeclaringType == OperatorTable.TensorType && row.Kind is OperatorKind.Unary or OperatorKind.Binary && row.Result != ResultType.Converted
        from type in ElementTypes.Numeric
        where row.IsOfDevice(type) && row.EmissionFor(type) is not null && row.CheckFor(type) is null
        select (row, type);

    /// <summary>The programs, which also compile to PTX.</summary>
    internal static string Source()
    {
        var source = new StringBuilder("public static class Program\n{\n");
        foreach ((OperatorRow row, ElementType type) in Forms())
        {
            string member = row.Members.First(member => !member.StartsWith("op_", StringComparison.Ordinal));
            string tensor = $"Tensor<{type.Keyword()}>";
            string result = row.Result switch { ResultType.Boolean => "Tensor<bool>", ResultType.Int32 => "Tensor<int>", _ => tensor };
            source.AppendLine(
                $"    [Graph] public static void {row.Name}{type}({tensor} x, {tensor} y, {result} d) => Tensor.{member}<{type.Keyword()}>(x{(row.Kind == OperatorKind.Unary ? "" : ", y")}, d);");
        }

        return source.Append('}').ToString();
    }
}
