using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>Types whose values no code can change: primitives, enums, curated ones, and readonly structs of those.</summary>
internal sealed class ImmutableTypes(IAssemblyBodies bodies)
{
    private readonly Dictionary<string, bool> known = [];

    public bool Contains(TypeReference type)
    {
        if (type is ArrayType or ByReferenceType or PointerType or GenericParameter)
        {
            return false;
        }

        if (!known.TryGetValue(type.FullName, out var answer))
        {
            known[type.FullName] = false;
            known[type.FullName] = answer = Decide(type);
        }

        return answer;
    }

    /// <summary>Whether a method is given memory that it could change and its caller could see changed.</summary>
    public bool IsGivenMutable(MethodDefinition method)
    {
        var isOnNewObject = method.IsConstructor;
        return (method.HasThis && !isOnNewObject && !Contains(method.DeclaringType))
            || method.Parameters.Any(parameter => !IsReadOnlyView(parameter.ParameterType) && !Contains(parameter.ParameterType));
    }

    /// <summary>Whether a method's signature tells that it writes: <c>out</c> and <c>ref</c> parameters, spans that can be written, compound operators.</summary>
    public bool WritesThroughParameters(MethodDefinition method) =>
        method.Name.EndsWith("Assignment", StringComparison.Ordinal)
        || method.Parameters.Any(parameter => IsWritable(parameter) && !(parameter.Index == 0 && method.DeclaringType.FullName == "System.MemoryExtensions"));

    private static bool IsWritable(ParameterDefinition parameter)
    {
        var type = parameter.ParameterType is RequiredModifierType modified ? modified.ElementType : parameter.ParameterType;
        var value = type is ByReferenceType reference ? reference.ElementType : type;
        return (type is ByReferenceType && !parameter.IsIn)
            || (value is GenericInstanceType { ElementType.FullName: "System.Span`1" or "System.Numerics.Tensors.TensorSpan`1" }
                && parameter.Method is not MethodDefinition { DeclaringType.FullName: "System.Span`1" or "System.ReadOnlySpan`1" });
    }

    private bool IsReadOnlyView(TypeReference type) => type is GenericInstanceType { ElementType.FullName: "System.ReadOnlySpan`1" } span
        && Contains(span.GenericArguments[0]);

    private bool Decide(TypeReference type)
    {
        if (Numerals.IsNumber(type.FullName) || type.FullName == "System.Void" || PurityTable.Curated.IsImmutable(type.FullName))
        {
            return true;
        }

        if (type is GenericInstanceType generic)
        {
            if (!generic.GenericArguments.All(Contains))
            {
                return false;
            }

            // Boxes of these are never written in place, and a copy is a value of its own.
            var name = generic.ElementType.FullName;
            if (name is "System.Nullable`1" or "System.Collections.Generic.KeyValuePair`2" || name.StartsWith("System.ValueTuple`", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return bodies.Find(type) is { } definition
            && (definition.IsEnum || (definition.IsValueType && IsReadOnly(definition) && definition.Fields.All(IsImmutable)));
    }

    private bool IsImmutable(FieldDefinition field) => field.IsStatic || field.FieldType is GenericParameter || Contains(field.FieldType);

    private static bool IsReadOnly(TypeDefinition type) =>
        Has(type, "System.Runtime.CompilerServices.IsReadOnlyAttribute") && !Has(type, "System.Runtime.CompilerServices.IsByRefLikeAttribute");

    private static bool Has(TypeDefinition type, string attribute) =>
        type.CustomAttributes.Any(candidate => candidate.AttributeType.FullName == attribute);
}
