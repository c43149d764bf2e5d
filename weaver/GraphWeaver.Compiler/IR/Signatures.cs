using Mono.Cecil;

namespace GraphWeaver.Compiler.IR;

/// <summary>
/// Signature types as a caller sees them. A member reference carries its definition's signature, in which <c>!0</c> and <c>!!0</c> stand
/// for the arguments of the declaring type and of the method; here they are put in.
/// </summary>
public static class Signatures
{
    public static TypeReference ReturnType(MethodReference method) => Close(method.ReturnType, method.DeclaringType, method as GenericInstanceMethod);

    public static TypeReference ParameterType(MethodReference method, int index) =>
        Close(method.Parameters[index].ParameterType, method.DeclaringType, method as GenericInstanceMethod);

    public static TypeReference FieldType(FieldReference field) => Close(field.FieldType, field.DeclaringType, null);

    /// <summary>The class a class derives from, or null where there is none.</summary>
    public static TypeReference? BaseType(TypeReference type) => type.Resolve()?.BaseType is { } parent ? Close(parent, type, null) : null;

    /// <summary>A type that the signature or the body of a method's definition names, as it is in the closed method.</summary>
    public static TypeReference Close(TypeReference type, MethodReference closed) => Close(type, closed.DeclaringType, closed as GenericInstanceMethod);

    private static TypeReference Close(TypeReference type, TypeReference declaringType, GenericInstanceMethod? method)
    {
        if (!type.ContainsGenericParameter)
        {
            return type;
        }

        TypeReference Recur(TypeReference inner) => Close(inner, declaringType, method);
        switch (type)
        {
            case GenericParameter { Type: GenericParameterType.Method } parameter:
                return method is null ? parameter : method.GenericArguments[parameter.Position];
            case GenericParameter parameter:
                return declaringType is GenericInstanceType instance ? instance.GenericArguments[parameter.Position] : parameter;
            case GenericInstanceType generic:
                var closed = new GenericInstanceType(generic.ElementType);
                foreach (var argument in generic.GenericArguments)
                {
                    closed.GenericArguments.Add(Recur(argument));
                }

                return closed;
            case ArrayType { IsVector: true } vector:
                return new ArrayType(Recur(vector.ElementType));
            case ArrayType array:
                var copy = new ArrayType(Recur(array.ElementType));
                copy.Dimensions.Clear();
                foreach (var dimension in array.Dimensions)
                {
                    copy.Dimensions.Add(dimension);
                }

                return copy;
            case ByReferenceType reference:
                return new ByReferenceType(Recur(reference.ElementType));
            case PointerType pointer:
                return new PointerType(Recur(pointer.ElementType));
            case RequiredModifierType required:
                return new RequiredModifierType(required.ModifierType, Recur(required.ElementType));
            case OptionalModifierType optional:
                return new OptionalModifierType(optional.ModifierType, Recur(optional.ElementType));
            case PinnedType pinned:
                return new PinnedType(Recur(pinned.ElementType));
            case FunctionPointerType pointer:
                var function = new FunctionPointerType { ReturnType = Recur(pointer.ReturnType), HasThis = pointer.HasThis, ExplicitThis = pointer.ExplicitThis, CallingConvention = pointer.CallingConvention };
                pointer.Parameters.ToList().ForEach(parameter => function.Parameters.Add(new ParameterDefinition(Recur(parameter.ParameterType))));
                return function;
            default:
                return type;
        }
    }
}
