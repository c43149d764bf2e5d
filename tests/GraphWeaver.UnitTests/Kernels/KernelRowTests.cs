using System.Reflection;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;
using GraphWeaver.UnitTests.Runtime;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>Every row of the operator table as a kernel of its own, against the eager operator on the same operands.</summary>
public sealed class KernelRowTests
{
    public static TheoryData<string, ElementType> Rows()
    {
        var data = new TheoryData<string, ElementType>();
        foreach (OperatorRow row in OperatorTable.Rows.Where(row => row.Kind is not (OperatorKind.Contraction or OperatorKind.RowReduction or OperatorKind.Composite or OperatorKind.Call or OperatorKind.Move)
            && row.Members.Count > 0 && !row.IsUpdate && !row.IsReduction && row.Name != "ConvertChecked"))
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
    public void A_kernel_of_one_operator_gives_what_the_eager_operator_gives(string name, ElementType type)
    {
        OperatorRow row = OperatorTable.Row(name);
        IEnumerable<ElementType?> targets = row.Result == ResultType.Converted ? ElementTypes.Numeric.Select(to => (ElementType?)to) : [null];
        foreach (ElementType? converted in targets)
        {
            var module = new KernelModule();
            (MethodInfo Method, OperatorMatch Match)[] shapes = EagerOperators.Of(row, type, module, converted).ToArray();
            Assert.NotEmpty(shapes);
            for (int index = 0; index < shapes.Length; index++)
            {
                module.AddEager("Eager" + index, shapes[index].Method);
                module.AddKernel("Kernel" + index, GraphOf(shapes[index].Match));
            }

            for (int index = 0; index < shapes.Length; index++)
            {
                foreach (int size in TestValues.SizesFor(type))
                {
                    Compare(module, index, shapes[index].Match, size);
                }

                foreach (IReadOnlyList<string> layouts in TestLayouts.Combinations)
                {
                    Compare(module, index, shapes[index].Match, TestLayouts.Count, layouts);
                }
            }
        }
    }

    private static KernelGraph GraphOf(OperatorMatch match)
    {
        var builder = new KernelGraphBuilder();
        KernelValue[] operands = match.Roles.Select((role, position) =>
            role == OperandRole.Scalar
                ? builder.Scalar(match.ParameterTypes[position])
                : builder.Tensor(match.ParameterTypes[position])).ToArray();
        builder.Output(builder.Node(match.Row, match.ElementType, operands, match.ResultType));
        return builder.Build();
    }

    private static void Compare(KernelModule module, int index, OperatorMatch match, int size, IReadOnlyList<string>? layouts = null)
    {
        bool isTame = match.Row.CheckFor(match.ElementType) is not null;
        double[] scalars = match.Row.Kind is OperatorKind.UnaryWithMode or OperatorKind.UnaryWithInt32AndMode ? [0, 1, 2, 3, 4]
            : match.Row.Name == "RoundDigits" ? [0, 2, 6]
            : match.Row.Kind == OperatorKind.UnaryWithInt32 ? [3, 0, 33, -1]
            : match.ElementType.IsUnsignedInteger() ? [3, 200]
            : [3, -2.5];
        bool hasScalar = match.Roles.Contains(OperandRole.Scalar);
        foreach (double scalar in hasScalar ? size > 5000 ? scalars[..1] : scalars : [0])
        {
            object[] inputs = match.Roles.Select((role, position) => role == OperandRole.Scalar
                ? TestValues.Scalar(match.ParameterTypes[position], scalar)
                : Arranged(TestValues.Tensor(match.ParameterTypes[position], size, size + position, isTame), layouts?[position])).ToArray();
            object? expected = module.Eager("Eager" + index, inputs);
            (bool ran, object?[] outputs) = module.Run("Kernel" + index, inputs);
            Assert.False(expected is Exception, $"{match.Row.Name} on {size}: eager threw {expected}");
            Assert.True(ran, $"{match.Row.Name} on {size}: gave up");
            Assert.Equal(TestLayouts.Lengths(expected!), TestLayouts.Lengths(outputs[0]!));
            AssertNear(module, index, match, TestValues.Elements(outputs[0]), TestValues.Elements(expected), inputs, TestLayouts.Lengths(expected!));
        }
    }

    private static object Arranged(object tensor, string? layout) => layout is null ? tensor : TestLayouts.Arrange(tensor, layout);

    private static void AssertNear(KernelModule module, int index, OperatorMatch match, object[] actual, object[] expected, object[] inputs, nint[] lengths)
    {
        Assert.Equal(expected.Length, actual.Length);
        object[][] columns = inputs.Select((input, position) =>
            match.Roles[position] == OperandRole.Scalar ? [input] : TestLayouts.Repeated(input, lengths)).ToArray();
        for (int element = 0; element < expected.Length; element++)
        {
            if (TestValues.Ulps(actual[element], expected[element]) <= match.Row.Ulps)
            {
                continue;
            }

            object[] operands = inputs.Select((input, position) =>
                match.Roles[position] == OperandRole.Scalar ? input : columns[position][element]).ToArray();
            if (!IsNearToExact(match.Row.Name, actual[element], expected[element], operands)
                && !(match.Row.EmissionFor(match.ElementType)!.Form == CpuForm.Primitive
                    && IsAnotherPathOfEager(module, index, match, columns, element, actual[element])))
            {
                string call = $"{match.Row.Name}({string.Join(", ", operands)}) at {element} of {expected.Length}";
                Assert.Fail($"{call}: kernel {actual[element]}, eager {expected[element]}");
            }
        }
    }

    // TensorPrimitives computes a whole vector by other code when one lane is out of its range, so eager's bits depend on an element's
    // neighbours and on the alignment of memory. Alone, among copies of itself, and at every place of a vector of its neighbours: one of
    // these eager results it must be.
    private static bool IsAnotherPathOfEager(
        KernelModule module, int index, OperatorMatch match, object[][] operands, int element, object actual)
    {
        int length = operands.Max(values => values.Length);
        IEnumerable<(object[] Values, int Place)> Surroundings(object[] values) => new[] { 1, 64 }
            .Select(size => (Enumerable.Repeat(values[element], size).ToArray(), 0))
            .Concat(Enumerable.Range(0, Math.Min(16, element + 1))
                .Select(place => (values[(element - place)..Math.Min(length, element - place + 64)], place)));

        var columns = operands.Select((values, position) =>
            match.Roles[position] == OperandRole.Scalar ? null : Surroundings(values).ToArray()).ToArray();
        int count = columns.First(column => column is not null)!.Length;
        return Enumerable.Range(0, count).Any(variant =>
        {
            object[] arguments = columns.Select((column, position) =>
                column is null ? operands[position][0] : TestValues.Tensor(column[variant].Values)).ToArray();
            int place = columns.First(column => column is not null)![variant].Place;
            return TestValues.Ulps(actual, TestValues.Elements(module.Eager("Eager" + index, arguments))[place]) <= match.Row.Ulps;
        });
    }

    // The functions of our own are judged by the exact value too: eager has errors of its own (1.4 ulp in the double Tanh, far more in
    // the float Tanh near 0).
    private static bool IsNearToExact(string name, object actual, object expected, object[] operands)
    {
        double[] numbers = Array.ConvertAll(operands, TestValues.Number);
        DoubleDouble? exact = numbers.Length == 2 ? DoubleDouble.Of(name, numbers[0], numbers[1]) : DoubleDouble.Of(name, numbers[0]);
        return exact is { } value && (Error(actual) <= Error(expected) || actual is double && Error(actual) <= 2 * Ulp(value.High));

        double Error(object result) => Math.Abs((TestValues.Number(result) - value).High);
        double Ulp(double result) => Math.BitIncrement(Math.Abs(result)) - Math.Abs(result);
    }
}
