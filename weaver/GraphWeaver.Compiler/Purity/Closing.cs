using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// Puts the type arguments of the method being read into what it refers to, those of its declaring type too, so that a call on
/// a type parameter is a call on a known type.
/// </summary>
internal static class Closing
{
    public static MethodReference Close(MethodReference callee, MethodReference context)
    {
        var owner = Close(callee.DeclaringType, context);
        var element = owner == callee.DeclaringType ? callee.GetElementMethod() : On(callee.GetElementMethod(), owner);
        if (callee is not GenericInstanceMethod generic)
        {
            return element;
        }

        var instance = new GenericInstanceMethod(element);
        foreach (var argument in generic.GenericArguments)
        {
            instance.GenericArguments.Add(Close(argument, context));
        }

        return instance;
    }

    public static TypeReference Close(TypeReference type, MethodReference context)
    {
        switch (type)
        {
            case GenericParameter { Type: GenericParameterType.Method } parameter:
                return context is GenericInstanceMethod method && parameter.Position < method.GenericArguments.Count ? method.GenericArguments[parameter.Position] : type;
            case GenericParameter parameter:
                return context.DeclaringType is GenericInstanceType owner && parameter.Position < owner.GenericArguments.Count ? owner.GenericArguments[parameter.Position] : type;
            case GenericInstanceType generic when generic.ContainsGenericParameter:
                var instance = new GenericInstanceType(generic.ElementType);
                foreach (var argument in generic.GenericArguments)
                {
                    instance.GenericArguments.Add(Close(argument, context));
                }

                return instance;
            case ArrayType { ContainsGenericParameter: true } array:
                return new ArrayType(Close(array.ElementType, context), array.Rank);
            case ByReferenceType { ContainsGenericParameter: true } reference:
                return new ByReferenceType(Close(reference.ElementType, context));
            default:
                return type;
        }
    }

    /// <summary>A base type or interface of a type, with the type's own arguments put in.</summary>
    public static TypeReference Close(TypeReference inherited, TypeReference heir) =>
        Close(inherited, new MethodReference("", heir.Module?.TypeSystem.Void ?? inherited, heir));

    /// <summary>A method seen as a member of an instance of its declaring type.</summary>
    public static MethodReference On(MethodReference method, TypeReference owner)
    {
        if (method.DeclaringType == owner || owner is not GenericInstanceType)
        {
            return method;
        }

        var member = new MethodReference(method.Name, method.ReturnType, owner)
        {
            HasThis = method.HasThis,
            ExplicitThis = method.ExplicitThis,
            CallingConvention = method.CallingConvention,
        };
        foreach (var parameter in method.GenericParameters)
        {
            member.GenericParameters.Add(new GenericParameter(parameter.Name, member));
        }

        foreach (var parameter in method.Parameters)
        {
            member.Parameters.Add(new ParameterDefinition(parameter.Name, parameter.Attributes, parameter.ParameterType));
        }

        return member;
    }
}
