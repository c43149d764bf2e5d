using System.Numerics.Tensors;
using System.Reflection;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>The real package's methods, by reflection: what the operator table is held against.</summary>
internal static class EagerOperators
{
    /// <summary>
    /// Every public static method of Tensor that returns a tensor or a scalar and takes one or two operands that are tensors, spans or
    /// plain values, no destination: element-wise operators, reductions, and the shape functions an exclusion list has to name.
    /// </summary>
    public static IEnumerable<MethodInfo> Candidates() => Candidates(typeof(Tensor));

    private static IEnumerable<MethodInfo> Candidates(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(method => method.IsGenericMethodDefinition && IsResult(method.ReturnType) && method.GetParameters().Length is 1 or 2 or 3)
        .Where(method => method.GetParameters().All(parameter => IsOperand(parameter.ParameterType)))
        .Where(method => method.GetParameters().Any(parameter => !IsPlain(parameter.ParameterType)));

    /// <summary>Every public static method of Tensor that writes what the candidates return into its last operand, or into its first.</summary>
    public static IEnumerable<MethodInfo> Writers() => typeof(Tensor)
        .GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(method => method.IsGenericMethodDefinition && (method.Name.EndsWith("Assignment", StringComparison.Ordinal)
            || (method.ReturnType.IsByRef && method.ReturnType.GetElementType()!.Name == "TensorSpan`1")))
        .Where(method => method.GetParameters().All(parameter => IsOperand(parameter.ParameterType)));

    /// <summary>The method for an element type, or null where its constraints refuse the type.</summary>
    public static MethodInfo? For(MethodInfo definition, ElementType type, ElementType? converted = null)
    {
        try
        {
            return converted is { } to && definition.GetGenericArguments().Length == 2
                ? definition.MakeGenericMethod(Clr(type), Clr(to))
                : definition.GetGenericArguments().Length == 1 ? definition.MakeGenericMethod(Clr(type)) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The eager methods of a row for a type that the table finds, one per shape of parameters, with their matches.</summary>
    public static IEnumerable<(MethodInfo Method, OperatorMatch Match)> Of(
        OperatorRow row, ElementType type, KernelModule module, ElementType? converted = null)
    {
        var shapes = new HashSet<string>();
        foreach (MethodInfo definition in Candidates(row.DeclaringType == OperatorTable.RuntimeType ? typeof(TensorMath) : typeof(Tensor)).Where(method => row.Members.Contains(method.Name)))
        {
            if (For(definition, type, converted) is { } method && OperatorTable.Find(module.Import(method)) is { } match && match.Row == row
                && shapes.Add(string.Join(",", match.Roles.Select(role => role == OperandRole.Scalar ? "scalar" : "tensor"))))
            {
                yield return (method, match);
            }
        }
    }

    public static Type Clr(ElementType type) => type == ElementType.NativeInteger ? typeof(nint) : typeof(int).Assembly.GetType("System." + type, throwOnError: true)!;

    private static bool IsResult(Type type) =>
        type.IsGenericMethodParameter || type == typeof(bool) || type == typeof(nint) || type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Tensor<>);

    private static bool IsOperand(Type type) => IsPlain(type)
        || type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Tensor<>)
        || type.IsByRef && type.GetElementType()!.Name is "ReadOnlyTensorSpan`1" or "TensorSpan`1";

    private static bool IsPlain(Type type) => type.IsGenericMethodParameter || type == typeof(int) || type.IsEnum;
}
