using System.Globalization;
using System.Numerics.Tensors;
using System.Reflection;
using System.Text;
using GraphWeaver.DifferentialTests.Harness;
using GraphWeaver.DifferentialTests.Properties;
using GraphWeaver.UnitTests.Runtime;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Kernels;

/// <summary>
/// Every overload of every row, alone in a marked method, on operands that fit, that broadcast, that lie in any way, and on those eager throws for: the
/// same result or the same exception, and always compiled.
/// </summary>
public sealed class AnyOperandTests
{
    private static readonly string[] types = ["float", "double", "int"];

    private static readonly (string Type, TensorMember Member, string Name)[] cases =
        [.. types.SelectMany(type => TensorMembers.Of(type).Select((member, index) => (type, member, $"{member.Row.Name}_{type}_{index}")))];

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> programs = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(level => level, level => new Lazy<WovenProgram>(() => new WovenProgram(Source(), level)));

    private static readonly (string Name, Func<string, object?[]> Make)[] operands =
    [
        ("alike", type => [Dense(type, 24, 4, 6), Dense(type, 24, 4, 6)]),
        ("one element", type => [Dense(type, 1, 1), Dense(type, 1, 1)]),
        ("repeated row", type => [Dense(type, 24, 4, 6), Dense(type, 6, 6)]),
        ("repeated column", type => [Dense(type, 4, 4, 1), Dense(type, 24, 4, 6)]),
        ("both repeated", type => [Dense(type, 4, 4, 1), Dense(type, 6, 1, 6)]),
        ("sliced and transposed", type => [Sliced(type), Transposed(type)]),
        ("not alike", type => [Dense(type, 24, 4, 6), Dense(type, 24, 6, 4)]),
        ("empty", type => [Dense(type, 0, 0), Dense(type, 0, 0)]),
        ("empty and not", type => [Dense(type, 0, 2, 0), Dense(type, 2, 2, 1)]),
        ("first null", type => [null, Dense(type, 3, 3)]),
        ("second null", type => [Dense(type, 3, 3), null]),
        ("both null", _ => [null, null]),
    ];

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void Every_overload_is_compiled(OptimizationLevel level)
    {
        var wrong = cases.Where(test => programs[level].Value.MethodReport("Program." + test.Name) is var report && (report.Kernels == 0 || report.Diagnostics.Any(diagnostic => diagnostic.Descriptor.Code != "GW0001")));
        Assert.True(!wrong.Any(), string.Join(" ", wrong.Select(test => test.Name)));
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void Every_overload_does_what_eager_does(OptimizationLevel level)
    {
        var wrong = new List<string>();
        foreach (var (type, member, name) in cases)
        {
            foreach (var (what, make) in operands)
            {
                var expected = Result(programs[level].Value.Unwoven, name, make(type));
                var actual = Result(programs[level].Value.Woven, name, make(type));
                if (!Agree(expected, actual, member, make(type)[0]))
                {
                    wrong.Add($"{name} on {what}: {Text(expected)} is {Text(actual)}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static string Source()
    {
        var source = new StringBuilder("public static class Program\n{\n");
        foreach (var (type, member, name) in cases)
        {
            var tensors = new Queue<string>(["a", "b", "a"]);
            object[] holes = [.. member.Roles.Select(role => role switch { Role.Tensor => tensors.Dequeue(), Role.Int32 => "3", _ => type == "float" ? "2.5f" : type == "double" ? "2.5" : "3" })];
            source.AppendLine(CultureInfo.InvariantCulture, $"    [Graph] public static object? {name}(Tensor<{type}> a, Tensor<{type}> b) => {string.Format(CultureInfo.InvariantCulture, member.Template, holes)};");
        }

        return source.Append('}').ToString();
    }

    private static object? Result(LoadedProgram program, string method, object?[] arguments)
    {
        try
        {
            return program.Assembly.GetType("Program")!.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private static bool Agree(object? expected, object? actual, TensorMember member, object? operand) => (expected, actual) switch
    {
        (Exception a, Exception b) => a.GetType() == b.GetType() && a.Message == b.Message,
        (Tensor<float> a, Tensor<float> b) => Agree(a, b, member, operand),
        (Tensor<double> a, Tensor<double> b) => Agree(a, b, member, operand),
        (Tensor<int> a, Tensor<int> b) => Agree(a, b, member, operand),
        (Tensor<bool> a, Tensor<bool> b) => Agree(a, b, member, operand),
        (not null, not null) => expected.GetType() == actual.GetType() && Near(expected, actual, member),
        _ => false,
    };

    private static bool Agree<T>(Tensor<T> expected, Tensor<T> actual, TensorMember member, object? operand) =>
        expected.Lengths.SequenceEqual(actual.Lengths) && expected.Zip(actual)
            .Select((pair, index) => Near(pair.First!, pair.Second!, member) || IsNearToExact(pair.Second!, member.Row.Name, operand, index)).All(near => near);

    // Eager's functions near their zeros are accurate absolutely, not relatively; a kernel's are nearer to the exact value there.
    private static bool IsNearToExact(object actual, string name, object? operand, int index)
    {
        var (x, unit) = (actual, operand) switch
        {
            (float, Tensor<float> tensor) => (tensor.ElementAt(index), 1.2e-7),
            (double, Tensor<double> tensor) => (tensor.ElementAt(index), 2.3e-16),
            _ => (double.NaN, 0),
        };
        var found = Convert.ToDouble(actual);
        return DoubleDouble.Of(name, x) is { } exact
            && (double.IsFinite(exact.High) ? Math.Abs((found - exact).High) <= 2 * unit * Math.Abs(exact.High) : double.IsInfinity(found));
    }

    private static bool Near(object expected, object actual, TensorMember member)
    {
        var isSum = member.IsReduction && !member.Row.Name.StartsWith("Max", StringComparison.Ordinal) && !member.Row.Name.StartsWith("Min", StringComparison.Ordinal);
        if (expected.Equals(actual) || (member.IsExact && !isSum) || expected is not (float or double))
        {
            return expected.Equals(actual);
        }

        var (wanted, found) = (Convert.ToDouble(expected), Convert.ToDouble(actual));
        var step = expected is float ? Math.Max(1.2e-7 * Math.Abs(wanted), 1e-44) : Math.Max(2.3e-16 * Math.Abs(wanted), 5e-324);
        return Math.Abs(wanted - found) <= (member.IsReduction ? 100 : 4) * step;
    }

    private static string Text(object? result) => result switch
    {
        Exception exception => exception.GetType().Name + " " + exception.Message,
        Tensor<float> tensor => string.Join(",", tensor.Lengths.ToArray()) + ": " + string.Join(",", tensor),
        Tensor<double> tensor => string.Join(",", tensor.Lengths.ToArray()) + ": " + string.Join(",", tensor),
        Tensor<int> tensor => string.Join(",", tensor.Lengths.ToArray()) + ": " + string.Join(",", tensor),
        Tensor<bool> tensor => string.Join(",", tensor.Lengths.ToArray()) + ": " + string.Join(",", tensor),
        _ => Convert.ToString(result, CultureInfo.InvariantCulture) ?? "null",
    };

    private static object Dense(string type, int count, params nint[] lengths) => type switch
    {
        "float" => Tensor.Create(Values(count).Select(value => value / 8f).ToArray(), lengths),
        "double" => Tensor.Create(Values(count).Select(value => value / 8d).ToArray(), lengths),
        _ => Tensor.Create(Values(count).ToArray(), lengths),
    };

    private static IEnumerable<int> Values(int count) => Enumerable.Range(0, count).Select(index => (index * 37 % 23) - 9).Select(value => value == 0 ? 1 : value);

    private static object Sliced(string type) => Dense(type, 48, 6, 8) switch
    {
        Tensor<float> tensor => tensor.Slice(1..5, 2..8),
        Tensor<double> tensor => tensor.Slice(1..5, 2..8),
        var tensor => ((Tensor<int>)tensor).Slice(1..5, 2..8),
    };

    private static object Transposed(string type) => Dense(type, 24, 6, 4) switch
    {
        Tensor<float> tensor => Tensor.Transpose(tensor),
        Tensor<double> tensor => Tensor.Transpose(tensor),
        var tensor => Tensor.Transpose((Tensor<int>)tensor),
    };
}
