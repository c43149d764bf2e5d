using Mono.Cecil;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>Which types are tensors or spans of tensors.</summary>
internal static class TensorTypes
{
    private const string Namespace = "System.Numerics.Tensors";

    public static bool IsTensor(TypeReference? type) => type switch
    {
        null => false,
        GenericInstanceType generic => IsTensor(generic.ElementType) || generic.GenericArguments.Any(IsTensor),
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
