using System.Numerics.Tensors;
using System.Reflection;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>FilteredUpdate, which writes into its first operand, and checked conversions, which eager may throw on.</summary>
public sealed class KernelUpdateTests
{
    private static readonly ElementType[] types = [.. ElementTypes.Numeric];

    public static TheoryData<ElementType> Types() => new(types);

    public static TheoryData<ElementType, ElementType> Pairs()
    {
        var data = new TheoryData<ElementType, ElementType>();
        foreach (ElementType from in types)
        {
            types.ToList().ForEach(to => data.Add(from, to));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_filtered_update_writes_what_the_filter_marks(ElementType type)
    {
        MethodInfo[] methods = EagerOperators.Writers().Where(method => method.Name == "FilteredUpdate").Select(method => EagerOperators.For(method, type)!).ToArray();
        Assert.Equal(2, methods.Length);
        foreach (MethodInfo method in methods)
        {
            var module = new KernelModule();
            OperatorMatch match = OperatorTable.Find(module.Import(method))!;
            Assert.Equal((OperatorForm.InPlace, 0, 3, true), (match.Form, match.Destination, match.OperandCount, match.ReturnsDestination));
            var builder = new KernelGraphBuilder();
            KernelValue x = builder.Tensor(type);
            KernelValue filter = builder.Tensor(ElementType.Boolean);
            KernelValue y = match.Roles[2] == OperandRole.Scalar ? builder.Scalar(type) : builder.Tensor(type);
            KernelValue updated = builder.Node(match.Row, type, [x, filter, y]);
            builder.Output(builder.Node(match.Row, type, [updated, filter, x]));
            builder.Destination(x, updated, [y]);
            module.AddKernel("Kernel", builder.Build());
            foreach (int size in TestValues.SizesFor(type))
            {
                object tensor = TestValues.Tensor(type, size, 1, isTame: false);
                object[] before = TestValues.Elements(tensor);
                object marks = TestValues.Tensor(ElementType.Boolean, size, 2, isTame: false);
                object values = match.Roles[2] == OperandRole.Scalar ? TestValues.Scalar(type, 7) : TestValues.Tensor(type, size, 3, isTame: false);
                (bool ran, object?[] outputs) = module.Run("Kernel", tensor, marks, values);
                Assert.True(ran);
                Assert.Equal(before, TestValues.Elements(outputs[0]));
                bool[] isMarked = [.. (Tensor<bool>)marks];
                object[] replacements = TestValues.Elements(values);
                object[] wanted = before.Select((value, index) => !isMarked[index] ? value : replacements[Math.Min(index, replacements.Length - 1)]).ToArray();
                Assert.Equal(wanted, TestValues.Elements(tensor));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_checked_conversion_converts_what_fits_and_gives_up_on_what_eager_throws_on(ElementType from, ElementType to)
    {
        var module = new KernelModule();
        MethodInfo method = EagerOperators.Candidates().Single(method => method.Name == "ConvertChecked");
        module.AddEager("Eager", EagerOperators.For(method, from, to)!);
        var builder = new KernelGraphBuilder();
        builder.Output(builder.Node(OperatorTable.Row("ConvertChecked"), from, [builder.Tensor(from)], to));
        module.AddKernel("Kernel", builder.Build());
        foreach (int size in new[] { 1, 33, 1030 })
        {
            object[] fitting = Enumerable.Range(0, size).Select(index => TestValues.Scalar(from, from.IsFloatingPoint() ? (index % 101) + 0.5 : index % 101)).ToArray();
            object tensor = TestValues.Tensor(fitting);
            (bool ran, object?[] outputs) = module.Run("Kernel", tensor);
            Assert.True(ran);
            Assert.Equal(TestValues.Elements(module.Eager("Eager", tensor)), TestValues.Elements(outputs[0]));
        }

        foreach (object value in Doubtful(from))
        {
            foreach (int size in new[] { 1, 70 })
            {
                object[] values = Enumerable.Repeat(TestValues.Scalar(from, 1), size).ToArray();
                values[size - 1] = value;
                object tensor = TestValues.Tensor(values);
                object? expected = module.Eager("Eager", tensor);
                (bool ran, object?[] outputs) = module.Run("Kernel", tensor);
                Assert.False(ran && expected is Exception, $"{value} of {from} does not fit {to}");
                if (ran)
                {
                    Assert.Equal(TestValues.Elements(expected), TestValues.Elements(outputs[0]));
                }
            }
        }
    }

    /// <summary>Values on both sides of the bounds of every type, as near as the type has them.</summary>
    private static IEnumerable<object> Doubtful(ElementType from)
    {
        double[] bounds = [0, 127, 128, 255, 256, 32767, 32768, 65535, 65536, int.MaxValue, 1d + int.MaxValue, uint.MaxValue, 1d + uint.MaxValue, long.MaxValue, ulong.MaxValue];
        double[] around = [.. bounds.Concat(bounds.Select(bound => -bound)).SelectMany(bound => new[]
        {
            bound, bound - 1, bound + 1, bound - 0.5, bound + 0.5, Math.BitIncrement(bound), Math.BitDecrement(bound),
            MathF.BitIncrement((float)bound), MathF.BitDecrement((float)bound),
        })];
        double[] extremes = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue];
        return around.Concat(from.IsFloatingPoint() ? extremes : extremes[1..]).Select(value => TestValues.Scalar(from, value)).Distinct();
    }
}
