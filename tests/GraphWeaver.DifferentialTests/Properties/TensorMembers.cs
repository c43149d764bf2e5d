using System.Numerics.Tensors;
using System.Reflection;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.DifferentialTests.Properties;

/// <summary>What a hole of an operator takes.</summary>
public enum Role
{
    Tensor,
    Scalar,
    Int32,
}

/// <summary>One overload of an operator as C# text.</summary>
/// <param name="Result">The element type of a tensor, or the type of a scalar where <paramref name="IsReduction"/>.</param>
/// <param name="Destination">The text of the overload that writes into its last operand, where there is one.</param>
public sealed record TensorMember(OperatorRow Row, string Template, IReadOnlyList<Role> Roles, string Result, bool IsReduction, bool IsExact, string? Destination);

/// <summary>
/// The operators of the engine's table as C# writes them, for one element type: the overloads are the real package's, found by reflection, so a
/// new row is generated from the day it is added.
/// </summary>
public static class TensorMembers
{
    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["op_Addition"] = "+", ["op_Subtraction"] = "-", ["op_Multiply"] = "*", ["op_Division"] = "/",
        ["op_BitwiseAnd"] = "&", ["op_BitwiseOr"] = "|", ["op_ExclusiveOr"] = "^",
        ["op_UnaryNegation"] = "-", ["op_OnesComplement"] = "~",
        ["op_LeftShift"] = "<<", ["op_RightShift"] = ">>", ["op_UnsignedRightShift"] = ">>>",
    };

    /// <summary>Rows whose bits on NaN are open (any NaN is a NaN), and that make bits visible that are.</summary>
    private static readonly HashSet<string> SeesNaN = ["BitwiseAnd", "BitwiseOr", "Xor", "OnesComplement", "CopySign"];

    private static readonly Dictionary<string, IReadOnlyList<TensorMember>> Known = new()
    {
        ["float"] = [.. Find("float", typeof(float))],
        ["double"] = [.. Find("double", typeof(double))],
        ["int"] = [.. Find("int", typeof(int))],
    };

    public static IReadOnlyList<TensorMember> Of(string element) => Known[element];

    private static IEnumerable<TensorMember> Find(string element, Type type)
    {
        var isFloating = element != "int";
        var rows = OperatorTable.Rows.Where(row => row.DeclaringType == OperatorTable.TensorType && row.Result is not (ResultType.Converted or ResultType.Index) && row.Name != "RoundDigits"
            && (isFloating ? row.FloatingPoint : row.SignedInteger) is not null && !(isFloating && SeesNaN.Contains(row.Name)));
        foreach (var row in rows)
        {
            foreach (var name in row.Members)
            {
                var methods = typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.Name == name).ToList();
                var seen = new HashSet<string>();
                foreach (var definition in methods)
                {
                    if (Roles(definition, row) is { } roles && Takes(definition, type) && seen.Add(string.Join(',', roles)))
                    {
                        // C# takes a last tensor for a destination where there is an overload of that form: Log(x, y).
                        var isReduction = row.IsReduction;
                        var result = row.Result switch { ResultType.Boolean => "bool", ResultType.Int32 => "int", _ => element };
                        var isExact = row.Ulps == 0 && !(row.IsSum && isFloating);
                        var hasDestination = !isReduction && methods.Any(other => WritesInto(other, definition.GetParameters()));
                        var isCovered = roles[^1] == Role.Tensor && methods.Any(other => WritesInto(other, definition.GetParameters()[..^1]));
                        var holes = string.Join(", ", roles.Select((_, index) => isCovered && index == roles.Count - 1 ? $"(ReadOnlyTensorSpan<{element}>){{{index}}}" : $"{{{index}}}"));
                        yield return new TensorMember(
                            row, Text(name, element, roles, holes), roles, result, isReduction, isExact,
                            hasDestination ? $"Tensor.{name}<{element}>({holes}, {{{roles.Count}}})" : null);
                    }
                }
            }
        }
    }

    private static string Text(string name, string element, IReadOnlyList<Role> roles, string holes) => !Symbols.TryGetValue(name, out var symbol)
        ? $"Tensor.{name}<{element}>({holes})"
        : roles.Count == 1 ? $"({symbol}{{0}})" : $"({{0}} {symbol} {{1}})";

    /// <summary>The operands' roles, or null where the overload is not the row's.</summary>
    private static IReadOnlyList<Role>? Roles(MethodInfo definition, OperatorRow row)
    {
        var parameters = definition.GetParameters();
        if (!definition.IsGenericMethodDefinition || definition.GetGenericArguments().Length != 1 || definition.ReturnType.IsByRef
            || parameters.Length != (row.Kind is OperatorKind.Unary or OperatorKind.Reduction ? 1 : 2)
            || definition.ReturnType.IsGenericType == row.IsReduction)
        {
            return null;
        }

        var roles = parameters.Select(parameter => RoleOf(parameter.ParameterType)).ToList();
        return roles.Contains(null) || roles[^1] == Role.Int32 != (row.Kind == OperatorKind.UnaryWithInt32) ? null : [.. roles.Select(role => role!.Value)];
    }

    private static Role? RoleOf(Type type) => type switch
    {
        { IsGenericMethodParameter: true } => Role.Scalar,
        _ when type == typeof(int) => Role.Int32,
        { IsByRef: true } when type.GetElementType()!.Name == "ReadOnlyTensorSpan`1" => Role.Tensor,
        _ when type.Name == "Tensor`1" => Role.Tensor,
        _ => null,
    };

    private static bool WritesInto(MethodInfo method, ParameterInfo[] operands)
    {
        var all = method.GetParameters();
        return method.ReturnType.IsByRef && all.Length == operands.Length + 1 && all[^1].ParameterType is { IsByRef: true } last && last.GetElementType()!.Name == "TensorSpan`1"
            && operands.Zip(all).All(pair => RoleOf(pair.First.ParameterType) == RoleOf(pair.Second.ParameterType));
    }

    private static bool Takes(MethodInfo definition, Type element)
    {
        try
        {
            definition.MakeGenericMethod(element);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
