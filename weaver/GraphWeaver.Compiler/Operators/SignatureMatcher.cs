using Mono.Cecil;

namespace GraphWeaver.Compiler.Operators;

/// <summary>Reads a method's signature against a row's kind: which parameters are tensors, which are scalars, and of what type.</summary>
internal static class SignatureMatcher
{
    /// <summary>The match, or null when an element type or the parameter shape is not the row's.</summary>
    public static OperatorMatch? Match(OperatorRow row, MethodReference method)
    {
        if (row.Kind == OperatorKind.Call)
        {
            return MatchCall(row, method);
        }

        if (method.HasThis || method is not GenericInstanceMethod instance
            || instance.GenericArguments.Count != (row.Result == ResultType.Converted ? 2 : 1)
            || ElementTypes.From(instance.GenericArguments[0]) is not { } elementType
            || row.EmissionFor(elementType) is null
            || ResultOf(row, instance, elementType) is not { } resultType)
        {
            return null;
        }

        var roles = new List<OperandRole>();
        var types = new List<ElementType>();
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            TypeReference type = StripModifiers(parameter.ParameterType);
            if (RoleOf(type) is not { } role)
            {
                return null;
            }

            roles.Add(role);
            types.Add(type.MetadataType == MetadataType.Int32 ? ElementType.Int32 : elementType);
        }

        return FormOf(row.Kind, method) is { } form && new OperatorMatch(row, elementType, resultType, roles, types, form) is var match && HasShape(match, method)
            ? match
            : null;
    }

    /// <summary>A call that stays one: any signature of the row's members, since nothing is read off it but the type of the elements.</summary>
    private static OperatorMatch? MatchCall(OperatorRow row, MethodReference method)
    {
        if (method.HasThis || method is not GenericInstanceMethod { GenericArguments: [var argument] } || !IsGeneric(method.ReturnType, "Tensor`1")
            || ElementTypes.From(argument) is not { } elementType || row.EmissionFor(elementType) is null)
        {
            return null;
        }

        var roles = method.Parameters.Select(parameter => IsGeneric(parameter.ParameterType, "Tensor`1") ? OperandRole.Tensor : OperandRole.Scalar).ToList();
        return new OperatorMatch(row, elementType, elementType, roles, [.. roles.Select(role => elementType)], OperatorForm.Value);
    }

    /// <summary>Which form a method's result makes it; null when it is none.</summary>
    private static OperatorForm? FormOf(OperatorKind kind, MethodReference method) => kind switch
    {
        OperatorKind.Reduction => method.ReturnType is GenericParameter { Position: 0, Type: GenericParameterType.Method } ? OperatorForm.Value : null,
        _ when IsGeneric(method.ReturnType, "Tensor`1") => OperatorForm.Value,
        OperatorKind.Contraction => null,
        _ when IsReferenceTo(method.ReturnType, "TensorSpan`1") && IsReferenceTo(method.Parameters[method.Parameters.Count - 1].ParameterType, "TensorSpan`1") =>
            OperatorForm.Destination,
        _ when method.ReturnType.MetadataType == MetadataType.Void && IsWritable(method.Parameters[0].ParameterType) => OperatorForm.InPlace,
        _ => null,
    };

    private static bool IsWritable(TypeReference type) => IsGeneric(type, "Tensor`1") || IsReferenceTo(type, "TensorSpan`1");

    private static bool IsReferenceTo(TypeReference type, string name) =>
        StripModifiers(type) is ByReferenceType reference && IsGeneric(reference.ElementType, name);

    private static ElementType? ResultOf(OperatorRow row, GenericInstanceMethod method, ElementType elementType) => row.Result switch
    {
        ResultType.Same => elementType,
        ResultType.Boolean => ElementType.Boolean,
        ResultType.Int32 => ElementType.Int32,
        _ => ElementTypes.From(method.GenericArguments[1]),
    };

    private static OperandRole? RoleOf(TypeReference type) => type switch
    {
        GenericParameter { Position: 0, Type: GenericParameterType.Method } => OperandRole.Scalar,
        ByReferenceType when IsReferenceTo(type, "ReadOnlyTensorSpan`1") || IsReferenceTo(type, "TensorSpan`1") => OperandRole.TensorSpan,
        _ when IsGeneric(type, "Tensor`1") => OperandRole.Tensor,
        _ when type.MetadataType == MetadataType.Int32 => OperandRole.Scalar,
        _ when type.MetadataType == MetadataType.Boolean => OperandRole.Flag,
        _ => null,
    };

    private static bool HasShape(OperatorMatch match, MethodReference method)
    {
        var roles = match.Roles.Take(match.OperandCount).ToList();
        return match.Row.Kind switch
        {
            OperatorKind.Unary or OperatorKind.Reduction => roles.Count == 1 && roles[0] != OperandRole.Scalar,
            OperatorKind.UnaryWithInt32 => roles.Count == 2 && roles[0] != OperandRole.Scalar && roles[1] == OperandRole.Scalar
                && method.Parameters[1].ParameterType.MetadataType == MetadataType.Int32,
            OperatorKind.Binary => roles.Count == 2 && roles.Any(role => role != OperandRole.Scalar)
                && method.Parameters.All(parameter => parameter.ParameterType.MetadataType != MetadataType.Int32),
            OperatorKind.RowReduction => roles.SequenceEqual([OperandRole.Tensor, OperandRole.Scalar, OperandRole.Flag]),
            OperatorKind.Composite => roles[0] == OperandRole.Tensor && !roles.Contains(OperandRole.Flag),
            _ => roles.Count == 2 && roles.All(role => role != OperandRole.Scalar),
        };
    }

    private static bool IsGeneric(TypeReference type, string name) =>
        type is GenericInstanceType instance && instance.ElementType.Name == name
        && instance.ElementType.Namespace == "System.Numerics.Tensors";

    private static TypeReference StripModifiers(TypeReference type) =>
        type is IModifierType modified ? StripModifiers(modified.ElementType) : type;
}
