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
            foreach (int size in TestValues.Sizes)
            {
                object tensor = TestValues.Tensor(type, size, 1, isTame: false);
                object[] before = TestValues.Elements(tensor);
                object marks = TestValues.Tensor(ElementType.Boolean, size, 2, isTame: false);
                object values = match.Roles[2] == OperandRole.Scalar ? TestValues.Scalar(type, 7) : TestValues.Tensor(type, size, 3, isTame: false);
                (bool ran, object?[] outputs) = module.Run("Kernel", tensor, marks, values);
                Assert.True(ran);
                Assert.Equal(before, TestValues.Elements(outputs[0]));
                object[] wanted = before.Select((value, index) => !((Tensor<bool>)marks)[index] ? value
                    : match.Roles[2] == OperandRole.Scalar ? values : TestValues.Elements(values)[index]).ToArray();
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
        foreach (int size in TestValues.Sizes.Where(size => size < 5000))
        {
            object[] fitting = Enumerable.Range(0, size).Select(index => TestValues.Scalar(from, from.IsFloatingPoint() ? (index % 101) + 0.5 : index % 101)).ToArray();
            object tensor = TestValues.Tensor(fitting);
            (bool ran, object?[] outputs) = module.Run("Kernel", tensor);
            Assert.True(ran);
            Assert.Equal(TestValues.Elements(module.Eager("Eager", tensor)), TestValues.Elements(outputs[0]));
        }

        foreach (object value in Doubtful(from))
        {
            foreach (int size in new[] { 1, 17, 700 })
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

    private static IEnumerable<object> Doubtful(ElementType from)
    {
        double[] bounds = [0, 127, 128, 255, 256, 32767, 32768, 65535, 65536, int.MaxValue, uint.MaxValue, long.MaxValue, ulong.MaxValue];
        switch (from)
        {
            case ElementType.Single:
                foreach (float bound in bounds.SelectMany(bound => new[] { (float)bound, -(float)bound }))
                {
                    float[] around = [bound, bound - 1, bound + 1, bound + 0.5f, bound - 0.5f, float.BitIncrement(bound), float.BitDecrement(bound)];
                    foreach (float value in around)
                    {
                        yield return value;
                    }
                }

                yield return float.NaN;
                yield return float.PositiveInfinity;
                yield return float.NegativeInfinity;
                yield return float.MaxValue;
                break;
            case ElementType.Double:
                foreach (double bound in bounds.SelectMany(bound => new[] { bound, -bound }))
                {
                    double[] around = [bound, bound - 1, bound + 1, bound + 0.5, bound - 0.5, double.BitIncrement(bound), double.BitDecrement(bound)];
                    foreach (double value in around)
                    {
                        yield return value;
                    }
                }

                yield return double.NaN;
                yield return double.PositiveInfinity;
                yield return double.NegativeInfinity;
                yield return double.MaxValue;
                break;
            case ElementType.Int32:
                foreach (int value in new[] { int.MinValue, int.MaxValue, -1, 0, 128, 255, 256, -128, -129, 65536, -32769 })
                {
                    yield return value;
                }

                break;
            default:
                foreach (long value in new[] { long.MinValue, long.MaxValue, -1, 0, int.MaxValue, int.MaxValue + 1L, int.MinValue, int.MinValue - 1L, uint.MaxValue, uint.MaxValue + 1L })
                {
                    yield return value;
                }

                break;
        }
    }
}
