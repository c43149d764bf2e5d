using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>Which types are tensors or spans of tensors.</summary>
internal static class TensorTypes
{
    private const string Namespace = "System.Numerics.Tensors";

    /// <summary>A tensor, a span of one, or an array or reference of these; not what merely has one as a type argument.</summary>
    public static bool IsTensor(TypeReference? type) => type switch
    {
        null => false,
        TypeSpecification specification => IsTensor(specification.ElementType),
        _ => type.Namespace == Namespace && type.Name.Contains("Tensor`1"),
    };

    public static bool Touches(MethodDefinition method) =>
        IsTensor(method.ReturnType)
        || method.Parameters.Any(parameter => IsTensor(parameter.ParameterType))
        || (method.HasBody && method.Body.Instructions.Any(il => il.Operand is MemberReference member && Mentions(member)));

    private static bool Mentions(MemberReference member) => member switch
    {
        MethodReference method => IsTensor(method.ReturnType) || method.DeclaringType.Namespace == Namespace || method.Parameters.Any(parameter => IsTensor(parameter.ParameterType)),
        FieldReference field => IsTensor(field.FieldType),
        TypeReference type => IsTensor(type),
        _ => false,
    };
}
