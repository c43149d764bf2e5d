using Mono.Cecil;

namespace GraphWeaver.Compiler.Specialisation;

/// <summary>
/// Which type arguments the generic methods and types of a module are used with. Strategy: what code outside generics names is closed; each
/// closed use of a generic type or method of the module is walked in turn, its own uses closed by its arguments, until nothing new comes.
/// Virtual generic methods count for all that could override or implement them. Recursion into ever larger types ends by the limits.
/// </summary>
internal sealed class Instantiations
{
    private const int MostPerMember = 32;
    private const int DeepestArgument = 4;

    private readonly ModuleDefinition module;
    private readonly Dictionary<MemberReference, Dictionary<string, IReadOnlyList<TypeReference>>> known = [];
    private readonly Dictionary<MethodDefinition, IReadOnlyList<MemberReference>> uses = [];
    private readonly Dictionary<MethodDefinition, List<Instantiation>> instantiations = [];
    private readonly Queue<Action> pending = new();
    private ILookup<string, MethodDefinition>? virtualGenerics;

    private Instantiations(ModuleDefinition module) => this.module = module;

    public static Instantiations Find(ModuleDefinition module)
    {
        var found = new Instantiations(module);
        foreach (var type in module.GetTypes().Where(type => !type.HasGenericParameters))
        {
            found.WalkType(type, []);
        }

        while (found.pending.Count > 0)
        {
            found.pending.Dequeue()();
        }

        return found;
    }

    /// <summary>The closed uses of a method, in the order they were met.</summary>
    public IReadOnlyList<Instantiation> Of(MethodDefinition method) => instantiations.TryGetValue(method, out var list) ? list : [];

    private void WalkType(TypeDefinition type, IReadOnlyList<TypeReference> arguments)
    {
        var context = new ClosedReferences(new MethodReference("", module.TypeSystem.Void, Instantiation.TypeOf(type, arguments)));
        var inherited = type.Interfaces.Select(implemented => implemented.InterfaceType).Append(type.BaseType).OfType<TypeReference>();
        foreach (var named in inherited.Concat(type.Fields.Select(field => field.FieldType)))
        {
            Visit(context.Of(named));
        }

        foreach (var method in type.Methods.Where(method => !method.HasGenericParameters))
        {
            Walk(new Instantiation(method, arguments, []));
        }
    }

    private void Walk(Instantiation instantiation)
    {
        var method = instantiation.Method;
        if (instantiation.Bindings.Count > 0)
        {
            if (!instantiations.TryGetValue(method, out var list))
            {
                instantiations[method] = list = [];
            }

            list.Add(instantiation);
        }

        if (!uses.TryGetValue(method, out var named))
        {
            uses[method] = named = [.. UsesOf(method)];
        }

        var context = new ClosedReferences(instantiation.Reference);
        foreach (var use in named)
        {
            Visit((MemberReference)context.Of((object)use)!);
        }
    }

    /// <summary>Everything generic that a method's signature and body name, once.</summary>
    private static IEnumerable<MemberReference> UsesOf(MethodDefinition method)
    {
        IEnumerable<MemberReference> named = method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType);
        if (method.HasBody)
        {
            named = named
                .Concat(method.Body.Variables.Select(variable => variable.VariableType))
                .Concat(method.Body.Instructions.Select(il => il.Operand).OfType<MemberReference>());
        }

        return named.Where(IsGeneric).GroupBy(member => member.FullName).Select(group => group.First());
    }

    private static bool IsGeneric(MemberReference member) => member switch
    {
        GenericInstanceMethod or GenericInstanceType or FunctionPointerType => true,
        TypeSpecification type => IsGeneric(type.ElementType),
        TypeReference => false,
        _ => member.DeclaringType is { } type && IsGeneric(type),
    };

    private void Visit(MemberReference member)
    {
        switch (member)
        {
            case GenericInstanceType type:
                type.GenericArguments.ToList().ForEach(Visit);
                if (InModule(type) && type.Resolve() is { } definition && Add(definition, [.. type.GenericArguments]) is { } arguments)
                {
                    pending.Enqueue(() => WalkType(definition, arguments));
                }

                break;
            case FunctionPointerType pointer:
                pointer.Parameters.Select(parameter => parameter.ParameterType).Append(pointer.ReturnType).ToList().ForEach(Visit);
                break;
            case TypeSpecification type:
                Visit(type.ElementType);
                break;
            case TypeReference:
                break;
            case GenericInstanceMethod method:
                Visit(method.DeclaringType);
                method.GenericArguments.ToList().ForEach(Visit);
                if (InModule(method.DeclaringType) && method.Resolve() is { } called)
                {
                    Enqueue(called, method);
                }

                break;
            default:
                Visit(member.DeclaringType);
                break;
        }
    }

    private void Enqueue(MethodDefinition called, GenericInstanceMethod method)
    {
        IReadOnlyList<TypeReference> own = [.. method.GenericArguments];
        IReadOnlyList<TypeReference> outer = method.DeclaringType is GenericInstanceType type ? [.. type.GenericArguments] : [];
        Enqueue(called, outer, own);
        if (!called.IsVirtual)
        {
            return;
        }

        virtualGenerics ??= module.GetTypes().Where(candidate => !candidate.HasGenericParameters).SelectMany(candidate => candidate.Methods)
            .Where(candidate => candidate.IsVirtual && candidate.HasGenericParameters).ToLookup(Name);
        foreach (var other in virtualGenerics[Name(called)].Where(other => other.GenericParameters.Count == own.Count && other.Parameters.Count == called.Parameters.Count))
        {
            Enqueue(other, [], own);
        }

        static string Name(MethodDefinition definition) => definition.Name.Substring(definition.Name.LastIndexOf('.') + 1);
    }

    private void Enqueue(MethodDefinition method, IReadOnlyList<TypeReference> outer, IReadOnlyList<TypeReference> own)
    {
        if (Add(method, [.. outer, .. own]) is not null)
        {
            pending.Enqueue(() => Walk(new Instantiation(method, outer, own)));
        }
    }

    /// <summary>The arguments, where they are closed and new.</summary>
    private IReadOnlyList<TypeReference>? Add(MemberReference member, IReadOnlyList<TypeReference> arguments)
    {
        if (arguments.Any(argument => argument.ContainsGenericParameter || Depth(argument) > DeepestArgument))
        {
            return null;
        }

        if (!known.TryGetValue(member, out var all))
        {
            known[member] = all = [];
        }

        var key = string.Join("|", arguments.Select(argument => argument.FullName));
        if (all.Count >= MostPerMember || all.ContainsKey(key))
        {
            return null;
        }

        return all[key] = arguments;
    }

    private bool InModule(TypeReference type) => type.GetElementType().Scope == module;

    private static int Depth(TypeReference type) => type switch
    {
        GenericInstanceType generic => 1 + generic.GenericArguments.Max(Depth),
        FunctionPointerType => 1,
        TypeSpecification specification => 1 + Depth(specification.ElementType),
        _ => 0,
    };
}
