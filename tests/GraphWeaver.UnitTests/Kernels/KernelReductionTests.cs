using System.Collections.Concurrent;
using System.Reflection;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>
/// Every reduction of the table as a kernel of its own, against the eager method: on ordinary values, and on the special ones where a tensor begins, ends
/// and all over it. Sums of floats are held to the documented bound, everything else to the bits.
/// </summary>
public sealed class KernelReductionTests
{
    private static readonly int[] sizes = [1, 2, 3, 17, 70, 513, 1601];

    private static readonly ConcurrentDictionary<(ElementType Type, int Size), object[]> ordinary = [];

    public static TheoryData<string, ElementType> Rows()
    {
        var data = new TheoryData<string, ElementType>();
        foreach (OperatorRow row in OperatorTable.Rows.Where(row => row.IsReduction && row.Members.Count > 0))
        {
            foreach (ElementType type in ElementTypes.Numeric.Where(type => row.EmissionFor(type) is not null))
            {
                data.Add(row.Name, type);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_kernel_of_one_reduction_gives_what_the_eager_method_gives(string name, ElementType type)
    {
        OperatorRow row = OperatorTable.Row(name);
        var module = new KernelModule();
        (MethodInfo Method, OperatorMatch Match)[] shapes = EagerOperators.Of(row, type, module).ToArray();
        Assert.NotEmpty(shapes);
        for (int index = 0; index < shapes.Length; index++)
        {
            module.AddEager("Eager" + index, shapes[index].Method);
            module.AddKernel("Kernel" + index, GraphOf(shapes[index].Match));
        }

        foreach (int size in type is ElementType.Single or ElementType.Int32 or ElementType.Byte && !KernelWidthTests.IsChild ? [.. sizes, 140_003] : sizes)
        {
            for (int index = 0; index < (size > 5000 ? 1 : shapes.Length); index++)
            {
                foreach (object[] values in Patterns(type, size))
                {
                    Compare(module, index, shapes[index].Match, values);
                }
            }
        }

        for (int index = 0; index < shapes.Length; index++)
        {
            foreach (IReadOnlyList<string> layouts in TestLayouts.Combinations)
            {
                Compare(module, index, shapes[index].Match, Ordinary(type, TestLayouts.Count), layouts);
                Compare(module, index, shapes[index].Match, TestValues.Elements(TestValues.Tensor(type, TestLayouts.Count, 7, isTame: false)), layouts);
            }
        }
    }

    private static void Compare(KernelModule module, int index, OperatorMatch match, object[] values, IReadOnlyList<string>? layouts = null)
    {
        object[] shifted = [.. values[1..], values[0]];
        foreach (object[] second in match.Row.OperandCount == 2 ? new[] { values, shifted } : [values])
        {
            object[][] columns = match.Roles.Count == 1 ? [values] : match.Roles[0] == OperandRole.Scalar ? [[values[^1]], second] : match.Roles[1] == OperandRole.Scalar ? [second, [values[0]]] : [values, second];
            object[] inputs = columns.Select((column, position) => match.Roles[position] == OperandRole.Scalar ? column[0]
                : layouts is null ? TestValues.Tensor(column) : TestLayouts.Arrange(TestValues.Tensor(column), layouts[position])).ToArray();
            object expected = module.Eager("Eager" + index, inputs)!;
            (bool ran, object?[] outputs) = module.Run("Kernel" + index, inputs);
            string call = $"{match.Row.Name} of {values.Length} elements, {values[0]} ... {values[^1]}: ";
            Assert.True(ran == expected is not Exception, $"{call}eager {expected}, kernel {(ran ? "ran" : "gave up")}");
            if (!ran)
            {
                Assert.True(match.Row.DividesByLength, call + expected);
                continue;
            }

            Assert.True(
                TestValues.Ulps(outputs[0]!, expected) == 0 || (match.Row.IsSum && IsWithinBound(match, columns, outputs[0]!, expected)),
                $"{call}kernel {outputs[0]}, eager {expected}");
        }
    }

    /// <summary>Twice the documented bound, one for each side; only finite results of the same overflow behaviour have a distance.</summary>
    private static bool IsWithinBound(OperatorMatch match, object[][] columns, object actual, object expected)
    {
        if (match.ElementType is not (ElementType.Single or ElementType.Double) || !double.IsFinite(TestValues.Number(expected)))
        {
            return false;
        }

        double[] x = Array.ConvertAll(columns[0], TestValues.Number);
        double[] y = Array.ConvertAll(columns[^1], TestValues.Number);
        double unit = x.Length * Math.Pow(2, match.ElementType == ElementType.Single ? -24 : -53);
        double error = match.Row.Name switch
        {
            "Sum" => x.Sum(Math.Abs) * unit,
            "Average" => x.Sum(Math.Abs) / x.Length * unit,
            "Dot" => x.Zip(y, (left, right) => Math.Abs(left * right)).Sum() * unit,
            "Norm" or "Distance" => Math.Abs(TestValues.Number(expected)) * unit,
            "StdDev" => 2 * Math.Sqrt(x.Sum(value => value * value) / x.Length) * unit,
            _ => 2 * unit,
        };
        return Math.Abs(TestValues.Number(actual) - TestValues.Number(expected)) <= (2 * error) + double.Epsilon;
    }

    private static KernelGraph GraphOf(OperatorMatch match)
    {
        var builder = new KernelGraphBuilder();
        KernelValue[] operands = match.Roles.Select((role, position) => role == OperandRole.Scalar
            ? builder.Scalar(match.ParameterTypes[position])
            : builder.Tensor(match.ParameterTypes[position])).ToArray();
        builder.Output(builder.Node(match.Row, match.ElementType, operands, match.ResultType));
        return builder.Build();
    }

    /// <summary>Ordinary values; then tensors all of one value, and ordinary ones with special values first, last and in the middle.</summary>
    private static IEnumerable<object[]> Patterns(ElementType type, int size)
    {
        object[] values = Ordinary(type, size);
        yield return values;
        if (size > 5000)
        {
            yield break;
        }

        yield return TestValues.Elements(TestValues.Tensor(type, size, size, isTame: false));
        object[] special = Special(type);
        foreach (object value in size < 50 ? special : [])
        {
            yield return Enumerable.Repeat(value, size).ToArray();
        }

        for (int index = size < 500 ? 0 : size % 3; index < special.Length; index += size < 500 ? 1 : 3)
        {
            object[] mixed = [.. values];
            mixed[0] = special[index];
            mixed[size / 2] = special[(index + 1) % special.Length];
            mixed[^1] = special[(index + 3) % special.Length];
            yield return mixed;
        }
    }

    private static object[] Ordinary(ElementType type, int size) => ordinary.GetOrAdd((type, size), key => MakeOrdinary(key.Type, key.Size));

    private static object[] MakeOrdinary(ElementType type, int size)
    {
        var random = new Random(size);
        return Enumerable.Range(0, size).Select(_ => TestValues.Scalar(
            type, type.IsFloatingPoint() ? (random.NextDouble() * 4) - 2 : random.Next(-100, 100))).ToArray();
    }

    private static object[] Special(ElementType type)
    {
        double[] numbers = type.IsFloatingPoint()
            ? [0, -0d, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 3, -3, 1e-7, 1e-30]
            : [0, double.NegativeInfinity, double.PositiveInfinity, 3, -3, -1];
        object[] special = Array.ConvertAll(numbers, number => TestValues.Scalar(type, number));
        return type.IsSignedInteger() ? [.. special, Convert.ChangeType(type.Smallest() + 1, EagerOperators.Clr(type))] : special;
    }
}
