using System.Numerics.Tensors;
using System.Reflection;
using System.Text;
using GraphWeaver.Compiler.Operators;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Aliasing;

/// <summary>
/// Every row of the operator table in its destination and in-place forms, for types of each class and width: one kernel each, and the elements eager
/// leaves, where the destination is apart, the operand itself, and half over the operand.
/// </summary>
public sealed class WritingFormTests
{
    private static readonly Dictionary<string, string> symbols = new()
    {
        ["op_AdditionAssignment"] = "+=", ["op_SubtractionAssignment"] = "-=", ["op_MultiplicationAssignment"] = "*=", ["op_DivisionAssignment"] = "/=",
        ["op_BitwiseAndAssignment"] = "&=", ["op_BitwiseOrAssignment"] = "|=", ["op_ExclusiveOrAssignment"] = "^=",
        ["op_LeftShiftAssignment"] = "<<=", ["op_RightShiftAssignment"] = ">>=", ["op_UnsignedRightShiftAssignment"] = ">>>=",
        ["op_IncrementAssignment"] = "++", ["op_DecrementAssignment"] = "--",
    };

    private static readonly ElementType[] types =
        [ElementType.Single, ElementType.Double, ElementType.Half, ElementType.Byte, ElementType.Int16, ElementType.Int32, ElementType.Int64];

    private static readonly IReadOnlyList<Form> forms = [.. Forms()];

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> programs = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(level => level, level => new Lazy<WovenProgram>(() => new WovenProgram(Source(), level)));

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void Every_form_is_one_kernel_unless_it_may_throw_midway(OptimizationLevel level)
    {
        Assert.True(forms.Count > 280, $"{forms.Count} forms");
        var wrong = forms.Where(form => programs[level].Value.MethodReport("Program." + form.Name).Kernels != (form.MayThrow ? 0 : 1));
        Assert.Equal("", string.Join(" ", wrong.Select(form => form.Body)));
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void Every_form_leaves_what_eager_leaves(OptimizationLevel level)
    {
        var wrong = new List<string>();
        foreach (var form in forms)
        {
            foreach (var overlap in new int?[] { null, 0, 5 })
            {
                if (overlap is not null && form.Type != form.ResultType)
                {
                    continue;
                }

                var expected = Run(programs[level].Value.Unwoven, form, overlap);
                var actual = Run(programs[level].Value.Woven, form, overlap);
                if (!Agree(expected, actual, form.Ulps))
                {
                    wrong.Add($"{form.Body} (overlap {overlap}): {string.Join(",", expected)} is {string.Join(",", actual)}");
                }
            }
        }

        Assert.Equal("", string.Join("\n", wrong));
    }

    private static object[] Run(LoadedProgram program, Form form, int? overlap)
    {
        var memory = Values(form.Type, 70, 3);
        object first = Slice(memory, 0, 37);
        object second = Values(form.Type, 37, 5);
        var destination = overlap is { } offset ? Slice(memory, offset, 37) : Values(form.ResultType, 37, 1);
        var observation = program.Call("Program", form.Name, form.IsInPlace ? [destination, second] : [first, second, destination]);
        return [observation.ToString(), .. Elements(memory), .. Elements(second), .. Elements(destination)];
    }

    private static bool Agree(object[] expected, object[] actual, double ulps) => expected.Length == actual.Length
        && expected.Zip(actual).Skip(1).All(pair => pair.First.Equals(pair.Second) || (ulps > 0 && Near(Number(pair.First), Number(pair.Second), pair.First)));

    private static double Number(object value) => value is Half half ? (double)half : Convert.ToDouble(value);

    private static bool Near(double expected, double actual, object number) =>
        double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= 4 * Step(Math.Abs(expected), number);

    private static double Step(double magnitude, object number) => number switch
    {
        float => Math.Max(MathF.BitIncrement((float)magnitude) - magnitude, 1e-44),
        Half => (double)Half.BitIncrement((Half)magnitude) - magnitude,
        _ => Math.BitIncrement(magnitude) - magnitude,
    };

    private static string Source()
    {
        var source = new StringBuilder("public static class Program\n{\n");
        foreach (var form in forms)
        {
            var destination = $"Tensor<{form.ResultType.Keyword()}> d";
            var parameters = form.IsInPlace ? $"{destination}, Tensor<{form.Type.Keyword()}> b" : $"Tensor<{form.Type.Keyword()}> a, Tensor<{form.Type.Keyword()}> b, {destination}";
            source.AppendLine($"    [Graph] public static void {form.Name}({parameters}) {{ {form.Body} }}");
        }

        return source.Append('}').ToString();
    }

    private static IEnumerable<Form> Forms()
    {
        foreach (var row in OperatorTable.Rows.Where(row => row.DeclaringType == OperatorTable.TensorType && row.Kind is OperatorKind.Unary or OperatorKind.Binary or OperatorKind.UnaryWithInt32))
        {
            foreach (var type in types.Where(type => row.EmissionFor(type) is not null))
            {
                var results = row.Result switch { ResultType.Boolean => [ElementType.Boolean], ResultType.Int32 => [ElementType.Int32], ResultType.Converted => types, _ => [type] };
                foreach (var (result, member) in results.SelectMany(result => row.Members.Select(member => (result, member))))
                {
                    var generic = row.Result == ResultType.Converted ? $"{type.Keyword()}, {result.Keyword()}" : type.Keyword();
                    var operand = row.Kind switch { OperatorKind.Unary => "", OperatorKind.Binary => ", b", _ => ", 3" };
                    var body = symbols.TryGetValue(member, out var symbol)
                        ? row.Kind == OperatorKind.Unary ? $"d{symbol};" : $"d {symbol} {operand[2..]};"
                        : member.StartsWith("op_", StringComparison.Ordinal) ? null : $"Tensor.{member}<{generic}>(a{operand}, d);";
                    if (body is not null)
                    {
                        var name = $"{row.Name}_{type}_{result}_{member}";
                        yield return new Form(name, body, type, result, symbol is not null, row.CheckFor(type) is not null, row.Ulps);
                    }
                }
            }
        }
    }

    private static object Values(ElementType type, int count, int seed)
    {
        var values = Enumerable.Range(0, count).Select(i => ((i * 37 * seed) % 23) - 9).Select(value => value == 0 ? 1 : value).ToArray();
        return type switch
        {
            ElementType.Single => Tensor.Create(Array.ConvertAll(values, value => value / 8f)),
            ElementType.Double => Tensor.Create(Array.ConvertAll(values, value => value / 8d)),
            ElementType.Half => Tensor.Create(Array.ConvertAll(values, value => (Half)(value / 8f))),
            ElementType.Byte => Tensor.Create(Array.ConvertAll(values, value => (byte)value)),
            ElementType.Int16 => Tensor.Create(Array.ConvertAll(values, value => (short)value)),
            ElementType.Int32 => Tensor.Create(values),
            ElementType.Int64 => Tensor.Create(Array.ConvertAll(values, value => (long)value)),
            _ => (object)Tensor.Create(Array.ConvertAll(values, value => value > 0)),
        };
    }

    private static object Slice(object tensor, int start, int count) => tensor switch
    {
        Tensor<float> floats => floats.Slice(start..(start + count)),
        Tensor<double> doubles => doubles.Slice(start..(start + count)),
        Tensor<Half> halves => halves.Slice(start..(start + count)),
        Tensor<byte> bytes => bytes.Slice(start..(start + count)),
        Tensor<short> shorts => shorts.Slice(start..(start + count)),
        Tensor<int> ints => ints.Slice(start..(start + count)),
        _ => ((Tensor<long>)tensor).Slice(start..(start + count)),
    };

    private static object[] Elements(object tensor) => tensor switch
    {
        Tensor<float> floats => [.. floats],
        Tensor<double> doubles => [.. doubles],
        Tensor<Half> halves => [.. halves],
        Tensor<byte> bytes => [.. bytes],
        Tensor<short> shorts => [.. shorts],
        Tensor<int> ints => [.. ints],
        Tensor<long> longs => [.. longs],
        _ => [.. (Tensor<bool>)tensor],
    };

    private sealed record Form(string Name, string Body, ElementType Type, ElementType ResultType, bool IsInPlace, bool MayThrow, double Ulps);
}
