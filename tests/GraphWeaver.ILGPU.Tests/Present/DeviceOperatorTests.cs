using System.Numerics.Tensors;
using GraphWeaver.Compiler.Operators;
using GraphWeaver.DifferentialTests.Harness;
using GraphWeaver.ILGPU.Kernels;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>Every row of the operator table that is for devices has its method, for each of its types.</summary>
public sealed class DeviceOperatorTests
{
    public static TheoryData<string> Rows() => [.. OperatorTable.Rows.Where(row => row.Device != DeviceTypes.None).Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_has_a_method_for_each_type(string name)
    {
        OperatorRow row = OperatorTable.Row(name);
        foreach (ElementType type in ElementTypes.Numeric.Append(ElementType.Boolean).Where(type => row.IsOfDevice(type) && row.EmissionFor(type) is not null))
        {
            if (row.Kind == OperatorKind.RowReduction)
            {
                Assert.NotNull(typeof(DeviceGroups).GetMethod(row.EmissionFor(type)!.Name, [Of(type)]));
                Assert.NotNull(typeof(DeviceOperators).GetMethod(row.EmissionFor(type)!.Name, [Of(type), Of(type)]));
                continue;
            }

            if (row.Kind == OperatorKind.Contraction)
            {
                Assert.NotNull(typeof(DeviceCall).GetMethod($"Run{type}Product"));
                continue;
            }

            if (row.EmissionFor(type) is { Form: CpuForm.Fold } fold)
            {
                Type[] elements = [.. Enumerable.Repeat(Of(type), row.OperandCount), typeof(int)];
                Assert.NotNull(typeof(DeviceFolds).GetMethod(fold.Name + "Of", elements));
                continue;
            }

            if (row.IsReduction)
            {
                Assert.NotNull(typeof(DeviceOperators).GetMethod(row.EmissionFor(type)!.Name, [Of(type), Of(type)]));
                continue;
            }

            if (row.Result == ResultType.Converted)
            {
                foreach (ElementType result in ElementTypes.Numeric.Where(row.IsOfDevice))
                {
                    Assert.Equal(Of(result), typeof(DeviceOperators).GetMethod(row.DeviceMethod(result), [Of(type)])?.ReturnType);
                }

                continue;
            }

            Type[] operands = [.. Enumerable.Range(0, row.OperandCount).Select(position => Of(row.OperandType(position, type)))];
            Assert.Equal(Of(row.Result switch { ResultType.Boolean => ElementType.Boolean, ResultType.Int32 => ElementType.Int32, _ => type }), typeof(DeviceOperators).GetMethod(name, operands)?.ReturnType);
        }
    }

    private static Type Of(ElementType type) => SpecialValues.TypeOf(type);
}
