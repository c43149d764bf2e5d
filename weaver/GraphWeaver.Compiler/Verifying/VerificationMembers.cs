using Mono.Cecil;

namespace GraphWeaver.Compiler.Verifying;

/// <summary>References to <c>GraphWeaver.Verification</c>, which the verifying sibling of a method calls.</summary>
internal sealed class VerificationMembers(ModuleDefinition module)
{
    private readonly AssemblyNameReference runtime = module.AssemblyReferences.First(reference => reference.Name == "GraphWeaver");

    public TypeReference Call => Type("VerifiedCall");

    public TypeReference Exception => new("System", "Exception", module, module.TypeSystem.CoreLibrary);

    public MethodReference NewCall => Constructor(Call, module.TypeSystem.String, module.TypeSystem.Double, module.TypeSystem.Int32, module.TypeSystem.Boolean);

    public MethodReference OnCall(string name, params TypeReference[] parameters) => Method(Call, name, hasThis: true, parameters);

    public MethodReference End => Method(Call, "End", hasThis: false);

    /// <summary><c>Kept&lt;T&gt;</c>, or <c>KeptSpan&lt;T&gt;</c> of a span's element.</summary>
    public GenericInstanceType Kept(KeptPlace place) =>
        place.Shape is null ? Generic("KeptSpan`1", ((GenericInstanceType)place.Type).GenericArguments[0]) : Generic("Kept`1", place.Type);

    public MethodReference NewKept(KeptPlace place)
    {
        var type = Kept(place);
        return place.Shape is null
            ? Constructor(type, Call, module.TypeSystem.String, OpenSpan(place, type))
            : Constructor(type, Call, module.TypeSystem.String, Generic("Shape`1", Open(type)), Open(type));
    }

    /// <summary><c>Note</c>, <c>Compare</c>, and for a span <c>Restore</c>: what takes the value as it is now.</summary>
    public MethodReference WithValue(KeptPlace place, string name)
    {
        var type = Kept(place);
        return Method(type, name, hasThis: true, place.Shape is null ? OpenSpan(place, type) : Open(type));
    }

    public MethodReference Restore(KeptPlace place) => Method(Kept(place), "Restore", hasThis: true);

    public MethodReference RestoreTo(KeptPlace place)
    {
        var type = Kept(place);
        return Method(type, "RestoreTo", hasThis: true, new ByReferenceType(Open(type)));
    }

    public GenericInstanceType Returned(TypeReference type) => Generic("Returned`1", type);

    public MethodReference NewReturned(TypeReference result)
    {
        var type = Returned(result);
        return Constructor(type, Call, Generic("Shape`1", Open(type)), Open(type));
    }

    public MethodReference CompareReturned(TypeReference result)
    {
        var type = Returned(result);
        return Method(type, "Compare", hasThis: true, Open(type));
    }

    /// <summary>The factory of a shape, closed over its generic arguments.</summary>
    public MethodReference Factory(ValueShape shape)
    {
        var factory = new MethodReference(shape.Factory, module.TypeSystem.Void, Type("Shapes"));
        foreach (var _ in shape.Arguments)
        {
            factory.GenericParameters.Add(new GenericParameter(factory));
        }

        var open = factory.GenericParameters.Cast<TypeReference>().ToArray();
        factory.ReturnType = Generic("Shape`1", shape.Factory switch
        {
            "Vector" or "Array" => new ArrayType(open[0]),
            "Scalar" or "Grid" => open[0],
            _ => Generic(((GenericInstanceType)shape.Type).ElementType, open),
        });
        foreach (var (_, index) in shape.Parts.Select((part, index) => (part, index)))
        {
            factory.Parameters.Add(new ParameterDefinition(Generic("Shape`1", open[index])));
        }

        var closed = new GenericInstanceMethod(factory);
        foreach (var argument in shape.Arguments)
        {
            closed.GenericArguments.Add(argument);
        }

        return closed;
    }

    private static TypeReference Open(GenericInstanceType type) => type.ElementType.GenericParameters[0];

    private static GenericInstanceType OpenSpan(KeptPlace place, GenericInstanceType owner) => Generic(((GenericInstanceType)place.Type).ElementType, Open(owner));

    private TypeReference Type(string name) => new("GraphWeaver.Verification", name, module, runtime);

    private GenericInstanceType Generic(string name, TypeReference argument)
    {
        var type = Type(name);
        type.GenericParameters.Add(new GenericParameter("T", type));
        return Generic(type, argument);
    }

    private static GenericInstanceType Generic(TypeReference type, params TypeReference[] arguments)
    {
        var instance = new GenericInstanceType(type);
        foreach (var argument in arguments)
        {
            instance.GenericArguments.Add(argument);
        }

        return instance;
    }

    private MethodReference Constructor(TypeReference type, params TypeReference[] parameters) => Method(type, ".ctor", hasThis: true, parameters);

    private MethodReference Method(TypeReference type, string name, bool hasThis, params TypeReference[] parameters)
    {
        var method = new MethodReference(name, module.TypeSystem.Void, type) { HasThis = hasThis };
        foreach (var parameter in parameters)
        {
            method.Parameters.Add(new ParameterDefinition(parameter));
        }

        return method;
    }
}
