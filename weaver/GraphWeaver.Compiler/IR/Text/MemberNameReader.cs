using Mono.Cecil;

namespace GraphWeaver.Compiler.IR.Text;

/// <summary>
/// Reads members of <see cref="IrNames"/>. The declaring type is resolved and the member found in it by its whole signature, so that a member
/// that does not exist is an error here; the reference given back is in the module's own terms, or is the definition where the module has it.
/// </summary>
internal sealed class MemberNameReader(ModuleDefinition module, GenericScope scope)
{
    public MethodReference Method(string text)
    {
        var (result, owner, member) = Split(text);
        if (owner is ArrayType)
        {
            return ArrayAccessor(result, owner, member);
        }

        foreach (var candidate in Definition(owner).Methods.Where(method => member.StartsWith(method.Name, StringComparison.Ordinal)))
        {
            var signature = member[candidate.Name.Length..];
            List<TypeReference>? arguments = null;
            if (candidate.HasGenericParameters && signature.StartsWith("<", StringComparison.Ordinal))
            {
                arguments = TypeNameReader.ReadList(signature, module, scope, '>', out var length);
                signature = signature[length..];
            }

            if (result == IrNames.Of(candidate.ReturnType) && signature == IrNames.Parameters(candidate))
            {
                var method = owner is TypeDefinition ? candidate : Reference(candidate, owner, result, signature);
                return arguments is null ? method : Instance(method, arguments);
            }
        }

        throw new FormatException($"no method '{text}'");
    }

    public FieldReference Field(string text)
    {
        var (type, owner, member) = Split(text);
        var field = Definition(owner).Fields.FirstOrDefault(field => field.Name == member && IrNames.Of(field.FieldType) == type)
            ?? throw new FormatException($"no field '{text}'");
        return owner is TypeDefinition
            ? field
            : new FieldReference(member, TypeNameReader.Read(type, module, new GenericScope(owner.GetElementType(), owner.GetElementType())), owner);
    }

    private (string Result, TypeReference Owner, string Member) Split(string text)
    {
        var end = text.IndexOf("::", StringComparison.Ordinal);
        var start = end < 0 ? -1 : text.LastIndexOf(' ', end);
        return start < 0
            ? throw new FormatException($"'{text}' is not 'type owner::member'")
            : (text[..start], TypeNameReader.Read(text[(start + 1)..end], module, scope), text[(end + 2)..]);
    }

    private static TypeDefinition Definition(TypeReference owner) => owner.Resolve() ?? throw new FormatException($"{owner} cannot be resolved");

    private MethodReference Reference(MethodDefinition definition, TypeReference owner, string result, string parameters)
    {
        var method = new MethodReference(definition.Name, module.TypeSystem.Void, owner)
        {
            HasThis = definition.HasThis,
            ExplicitThis = definition.ExplicitThis,
            CallingConvention = definition.CallingConvention,
        };
        for (var i = 0; i < definition.GenericParameters.Count; i++)
        {
            method.GenericParameters.Add(new GenericParameter(method));
        }

        return WithSignature(method, result, parameters);
    }

    /// <summary>Get, Set, Address and the constructors of arrays are the runtime's and defined nowhere.</summary>
    private MethodReference ArrayAccessor(string result, TypeReference owner, string member)
    {
        var open = member.IndexOf('(');
        var name = open < 0 ? member : member[..open];
        return name is "Get" or "Set" or "Address" or ".ctor" && open >= 0
            ? WithSignature(new MethodReference(name, module.TypeSystem.Void, owner) { HasThis = true }, result, member[open..])
            : throw new FormatException($"arrays have no method '{member}'");
    }

    /// <summary>In a signature generic parameters are the member's own; an array's accessors have none and speak in those of the function.</summary>
    private MethodReference WithSignature(MethodReference method, string result, string parameters)
    {
        var own = method.DeclaringType is ArrayType ? scope : GenericScope.Of(method);
        method.ReturnType = TypeNameReader.Read(result, module, own);
        TypeNameReader.ReadList(parameters, module, own, ')', out _).ForEach(type => method.Parameters.Add(new ParameterDefinition(type)));
        return method;
    }

    private static GenericInstanceMethod Instance(MethodReference method, List<TypeReference> arguments)
    {
        var instance = new GenericInstanceMethod(method);
        arguments.ForEach(instance.GenericArguments.Add);
        return instance;
    }
}
