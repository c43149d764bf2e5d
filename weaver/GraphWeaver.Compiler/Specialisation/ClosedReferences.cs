using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Purity;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Specialisation;

/// <summary>
/// What the instructions of a generic body name, with the arguments of one closed method put in. A member's own signature stays as it is
/// declared: its parameters are those of the member, not of the body.
/// </summary>
internal sealed class ClosedReferences(MethodReference closed)
{
    public TypeReference Of(TypeReference type) => Signatures.Close(type, closed);

    /// <summary>An operand that names something; any other as it is.</summary>
    public object? Of(object? operand) => operand switch
    {
        TypeReference type => Of(type),
        FieldReference field => Of(field),
        MethodReference method => Of(method),
        CallSite site => Of(site),
        _ => operand,
    };

    private FieldReference Of(FieldReference field) =>
        field.DeclaringType.ContainsGenericParameter ? new FieldReference(field.Name, field.FieldType, Of(field.DeclaringType)) : field;

    private MethodReference Of(MethodReference method)
    {
        var owner = Of(method.DeclaringType);
        var element = method.GetElementMethod();
        element = owner == method.DeclaringType ? element : owner is ArrayType ? OnArray(element, owner) : Closing.On(element, owner);
        if (method is not GenericInstanceMethod generic)
        {
            return element;
        }

        var instance = new GenericInstanceMethod(element);
        foreach (var argument in generic.GenericArguments)
        {
            instance.GenericArguments.Add(Of(argument));
        }

        return instance;
    }

    /// <summary>The runtime makes the methods of an array: their signature names the element as the body does.</summary>
    private MethodReference OnArray(MethodReference method, TypeReference array)
    {
        var member = new MethodReference(method.Name, Of(method.ReturnType), array) { HasThis = method.HasThis };
        foreach (var parameter in method.Parameters)
        {
            member.Parameters.Add(new ParameterDefinition(Of(parameter.ParameterType)));
        }

        return member;
    }

    private CallSite Of(CallSite site)
    {
        var copy = new CallSite(Of(site.ReturnType)) { HasThis = site.HasThis, ExplicitThis = site.ExplicitThis, CallingConvention = site.CallingConvention };
        foreach (var parameter in site.Parameters)
        {
            copy.Parameters.Add(new ParameterDefinition(Of(parameter.ParameterType)));
        }

        return copy;
    }
}
