using Mono.Cecil;

namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>The methods of <c>GraphWeaver.Storing</c>, which make the framework's values and collections of plain parts; each name is one method.</summary>
internal sealed class StoringLibrary(ModuleDefinition module)
{
    private static readonly string[] classes = ["GraphWeaver.Storing.StoredValues", "GraphWeaver.Storing.StoredCollections"];
    private readonly Dictionary<string, MethodReference?> known = [];

    /// <summary>The method, or null when the referenced runtime does not have it.</summary>
    public MethodReference? Find(string name)
    {
        if (!known.TryGetValue(name, out var method))
        {
            var library = module.AssemblyReferences.FirstOrDefault(reference => reference.Name == "GraphWeaver") is { } reference ? module.AssemblyResolver.Resolve(reference) : null;
            var definition = classes.Select(type => library?.MainModule.GetType(type)).SelectMany(type => type?.Methods ?? []).FirstOrDefault(candidate => candidate.IsPublic && candidate.Name == name);
            known[name] = method = definition is null ? null : module.ImportReference(definition);
        }

        return method;
    }

    public MethodReference Close(string name, IReadOnlyList<TypeReference> arguments)
    {
        var method = Find(name)!;
        if (arguments.Count == 0)
        {
            return method;
        }

        var closed = new GenericInstanceMethod(method);
        arguments.ToList().ForEach(closed.GenericArguments.Add);
        return closed;
    }

    /// <summary>What a closed method returns.</summary>
    public static TypeReference ResultOf(MethodReference method) =>
        new Substitution(method is GenericInstanceMethod instance ? instance.GenericArguments : []).Of(method.ReturnType);
}
