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

        if (row.Kind == OperatorKind.Move)
        {
            return MatchMove(row, method);
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
            types.Add(IsNumber(type) ? ElementType.Int32 : IsOfBooleans(type) ? ElementType.Boolean : elementType);
        }

        return FormOf(row, method) is { } form && new OperatorMatch(row, elementType, resultType, roles, types, form) is var match && HasShape(match, method)
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

    /// <summary>A movement of elements, of any signature and of any type: what it writes is a span of a tensor, or new.</summary>
    private static OperatorMatch? MatchMove(OperatorRow row, MethodReference method)
    {
        if (method.HasThis || method is not GenericInstanceMethod { GenericArguments: [var argument] })
        {
            return null;
        }

        var elementType = ElementTypes.From(argument) ?? ElementType.Other;
        var roles = method.Parameters.Select(parameter => RoleOf(parameter.ParameterType) is OperandRole.Tensor or OperandRole.TensorSpan ? RoleOf(parameter.ParameterType)!.Value : OperandRole.Scalar).ToList();
        var isWritten = method.ReturnType.MetadataType == MetadataType.Void || IsReferenceTo(method.ReturnType, "TensorSpan`1");
        return new OperatorMatch(row, elementType, elementType, roles, [.. roles.Select(role => elementType)], isWritten ? OperatorForm.Destination : OperatorForm.Value);
    }

    /// <summary>Which form a method's result makes it; null when it is none.</summary>
    private static OperatorForm? FormOf(OperatorRow row, MethodReference method) => row.Kind switch
    {
        _ when row.IsReduction => IsScalarResult(row.Result, method.ReturnType) ? OperatorForm.Value : null,
        _ when row.IsUpdate => OperatorForm.InPlace,
        _ when IsGeneric(method.ReturnType, "Tensor`1") => OperatorForm.Value,
        OperatorKind.Contraction => null,
        _ when IsReferenceTo(method.ReturnType, "TensorSpan`1") && IsReferenceTo(method.Parameters[method.Parameters.Count - 1].ParameterType, "TensorSpan`1") =>
            OperatorForm.Destination,
        _ when method.ReturnType.MetadataType == MetadataType.Void && IsWritable(method.Parameters[0].ParameterType) => OperatorForm.InPlace,
        _ => null,
    };

    private static bool IsScalarResult(ResultType result, TypeReference type) => result switch
    {
        ResultType.Boolean => type.MetadataType == MetadataType.Boolean,
        ResultType.Index => type.MetadataType == MetadataType.IntPtr,
        _ => type is GenericParameter { Position: 0, Type: GenericParameterType.Method },
    };

    private static bool IsWritable(TypeReference type) => IsGeneric(type, "Tensor`1") || IsReferenceTo(type, "TensorSpan`1");

    private static bool IsReferenceTo(TypeReference type, string name) =>
        StripModifiers(type) is ByReferenceType reference && IsGeneric(reference.ElementType, name);

    private static ElementType? ResultOf(OperatorRow row, GenericInstanceMethod method, ElementType elementType) => row.Result switch
    {
        ResultType.Same => elementType,
        ResultType.Boolean => ElementType.Boolean,
        ResultType.Int32 => ElementType.Int32,
        ResultType.Index => ElementType.NativeInteger,
        _ => ElementTypes.From(method.GenericArguments[1]),
    };

    private static OperandRole? RoleOf(TypeReference type) => type switch
    {
        GenericParameter { Position: 0, Type: GenericParameterType.Method } => OperandRole.Scalar,
        ByReferenceType when IsReferenceTo(type, "ReadOnlyTensorSpan`1") || IsReferenceTo(type, "TensorSpan`1") => OperandRole.TensorSpan,
        _ when IsGeneric(type, "Tensor`1") => OperandRole.Tensor,
        _ when IsNumber(type) => OperandRole.Scalar,
        _ when type.MetadataType == MetadataType.Boolean => OperandRole.Flag,
        _ => null,
    };

    /// <summary>A count, or a way of rounding: an <c>int</c> to the machine.</summary>
    private static bool IsNumber(TypeReference type) => type.MetadataType == MetadataType.Int32 || IsMode(type);

    private static bool IsMode(TypeReference type) => type.FullName == "System.MidpointRounding";

    private static bool IsOfBooleans(TypeReference type) =>
        (type is ByReferenceType reference ? reference.ElementType : type) is GenericInstanceType { GenericArguments: { Count: 1 } arguments }
        && arguments[0].MetadataType == MetadataType.Boolean;

    private static bool HasShape(OperatorMatch match, MethodReference method)
    {
        OperatorRow row = match.Row;
        if (row.Kind == OperatorKind.RowReduction)
        {
            return match.Roles.SequenceEqual([OperandRole.Tensor, OperandRole.Scalar, OperandRole.Flag]);
        }

        if (row.Kind == OperatorKind.Composite)
        {
            return match.Roles[0] == OperandRole.Tensor && !match.Roles.Contains(OperandRole.Flag);
        }

        return match.OperandCount == row.OperandCount && !match.Roles.Contains(OperandRole.Flag)
            && match.Roles.Take(match.OperandCount).Any(role => role != OperandRole.Scalar)
            && Enumerable.Range(0, match.OperandCount).All(position =>
                (row.IsNumber(position) || row.MayBeScalar(position) || match.Roles[position] != OperandRole.Scalar)
                && row.OperandType(position, match.ElementType) == match.ParameterTypes[position]
                && IsOfKind(row, position, StripModifiers(method.Parameters[position].ParameterType)));
    }

    private static bool IsOfKind(OperatorRow row, int position, TypeReference type) => row.IsNumber(position)
        ? IsMode(type) == (row.Kind == OperatorKind.UnaryWithMode || (row.Kind == OperatorKind.UnaryWithInt32AndMode && position == 2))
        : !IsNumber(type);

    private static bool IsGeneric(TypeReference type, string name) =>
        type is GenericInstanceType instance && instance.ElementType.Name == name
        && instance.ElementType.Namespace == "System.Numerics.Tensors";

    private static TypeReference StripModifiers(TypeReference type) =>
        type is IModifierType modified ? StripModifiers(modified.ElementType) : type;
}
