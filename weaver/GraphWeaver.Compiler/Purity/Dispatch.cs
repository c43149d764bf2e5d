using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// The methods a virtual call can reach: on a receiver of a known type by walking its bases, on any other by looking through
/// the assembly that declares the member and the user's. Errs towards too many: all of them are judged.
/// </summary>
internal sealed class Dispatch(IAssemblyBodies bodies)
{
    private readonly Dictionary<MethodDefinition, IReadOnlyList<MethodReference>> overriders = [];

    /// <summary>What the call may reach on a receiver of exactly this type; empty when nothing is found.</summary>
    public IReadOnlyList<MethodReference> On(TypeReference receiver, MethodReference callee)
    {
        var found = new List<MethodReference>();
        var declaring = bodies.Find(callee.DeclaringType);
        var type = receiver;
        for (var definition = bodies.Find(type); definition is not null; definition = type is null ? null : bodies.Find(type))
        {
            var matches = definition.Methods.Where(method => Matches(method, callee)).ToList();
            var isHere = definition == declaring;
            var candidates = matches.Where(method => isHere || !method.IsNewSlot || method.HasOverrides || declaring is { IsInterface: true }).ToList();
            found.AddRange(candidates.Where(method => method.HasBody).Select(method => With(Closing.On(method, type!), callee)));
            var isSettled = declaring is { IsInterface: true }
                ? candidates.Count > 0 && (definition.Interfaces.Any(implemented => bodies.Find(implemented.InterfaceType) == declaring) || candidates.Any(method => method.HasOverrides))
                : candidates.Any(method => IsSame(Closing.On(method, type!), callee));
            if (isSettled)
            {
                return found;
            }

            type = definition.BaseType is { } parent ? Closing.Close(parent, type!) : null;
        }

        return found.Count > 0 ? found : Defaults(receiver, callee);
    }

    /// <summary>All implementations and overrides that can be receivers of a call on a type that is not the framework's.</summary>
    public IReadOnlyList<MethodReference> Everywhere(MethodDefinition callee)
    {
        if (!overriders.TryGetValue(callee, out var found))
        {
            overriders[callee] = found =
            [
                .. Heirs(callee.DeclaringType).SelectMany(type => type.Methods.Where(method => method.IsVirtual && method.HasBody && Matches(method, callee))),

                // A class can implement an interface with what it inherits from a class that does not know of it.
                .. callee.DeclaringType.IsInterface ? Heirs(callee.DeclaringType).Where(type => !type.IsInterface).SelectMany(type => On(type, callee)) : [],
            ];
        }

        return found;
    }

    /// <summary>The types that can be receivers where a class that is not the framework's is asked for.</summary>
    public IEnumerable<TypeDefinition> Heirs(TypeDefinition ancestor) =>
        Modules(ancestor).SelectMany(module => module.GetTypes()).Where(type => type != ancestor && Inherits(type, ancestor));

    private ModuleDefinition[] Modules(TypeDefinition declaring) =>
        declaring.Module == bodies.UserModule || Framework.Owns(declaring) ? [bodies.UserModule] : [bodies.UserModule, declaring.Module];

    private IReadOnlyList<MethodReference> Defaults(TypeReference receiver, MethodReference callee)
    {
        var definition = bodies.Find(receiver);
        var members = definition?.Interfaces.Select(implemented => bodies.Find(implemented.InterfaceType)).OfType<TypeDefinition>()
            .SelectMany(type => type.Methods.Where(method => method.HasBody && Matches(method, callee))) ?? [];
        return [.. members];
    }

    private bool Inherits(TypeDefinition type, TypeDefinition ancestor)
    {
        for (var heir = type; heir is not null; heir = heir.BaseType is { } parent ? bodies.Find(parent) : null)
        {
            if (heir == ancestor || heir.Interfaces.Any(implemented => bodies.Find(implemented.InterfaceType) == ancestor))
            {
                return true;
            }
        }

        return false;
    }

    private static MethodReference With(MethodReference found, MethodReference callee)
    {
        if (callee is not GenericInstanceMethod generic || found.GenericParameters.Count != generic.GenericArguments.Count)
        {
            return found;
        }

        var instance = new GenericInstanceMethod(found);
        foreach (var argument in generic.GenericArguments)
        {
            instance.GenericArguments.Add(argument);
        }

        return instance;
    }

    private static bool Matches(MethodDefinition method, MethodReference callee) =>
        (method.IsVirtual || method.HasOverrides)
        && UserNames.Last(method.Name) == UserNames.Last(callee.Name)
        && method.Parameters.Count == callee.Parameters.Count
        && method.IsStatic == !callee.HasThis;

    private static bool IsSame(MethodReference method, MethodReference callee) =>
        method.Parameters.Zip(callee.Parameters, (own, other) => (Closing.Close(own.ParameterType, method), Closing.Close(other.ParameterType, callee)))
            .All(pair => pair.Item1.FullName == pair.Item2.FullName && !pair.Item1.ContainsGenericParameter);
}
