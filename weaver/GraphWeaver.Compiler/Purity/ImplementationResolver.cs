using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>
/// Maps what the user's module references to implementation assemblies: the module itself, the shared frameworks, the
/// implementation paths. What it finds is for reading bodies only and must never be imported into the user's module.
/// </summary>
public sealed class ImplementationResolver : IAssemblyBodies, IAssemblyResolver
{
    private readonly Dictionary<string, string> files = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> libraries = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AssemblyDefinition?> opened = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> read = [];

    public ImplementationResolver(ModuleDefinition user, WeavingOptions options)
    {
        UserModule = user;
        foreach (var directory in FrameworkDirectories.Find(options.DotnetHost, options.Frameworks))
        {
            foreach (var path in Directory.GetFiles(directory, "*.dll"))
            {
                files[Path.GetFileNameWithoutExtension(path)] = path;
            }
        }

        foreach (var path in options.ImplementationPaths.Concat(options.ReferencePaths))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (!files.ContainsKey(name))
            {
                files.Add(name, path);
                libraries.Add(name);
            }
        }
    }

    public ModuleDefinition UserModule { get; }

    public IReadOnlyCollection<string> FilesRead => read;

    public MethodDefinition? Find(MethodReference method)
    {
        var element = method.GetElementMethod();
        for (var type = Find(element.DeclaringType); type is not null; type = type.BaseType is { } parent ? Find(parent) : null)
        {
            if (MetadataResolver.GetMethod(type.Methods, element) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    public TypeDefinition? Find(TypeReference type)
    {
        var element = type.GetElementType();
        if (element is null or GenericParameter)
        {
            return null;
        }

        if (element is TypeDefinition definition && definition.Module == UserModule)
        {
            return definition;
        }

        return FindType(PurityTable.AssemblyOf(element), element.FullName, hops: 0);
    }

    public FieldDefinition? Find(FieldReference field) =>
        field as FieldDefinition is { } known && known.Module == UserModule
            ? known
            : Find(field.DeclaringType)?.Fields.FirstOrDefault(candidate => candidate.Name == field.Name);

    AssemblyDefinition? IAssemblyResolver.Resolve(AssemblyNameReference name) => Open(name.Name);

    AssemblyDefinition? IAssemblyResolver.Resolve(AssemblyNameReference name, ReaderParameters parameters) => Open(name.Name);

    public void Dispose()
    {
        foreach (var assembly in opened.Values)
        {
            assembly?.Dispose();
        }

        opened.Clear();
    }

    private TypeDefinition? FindType(string assembly, string fullName, int hops)
    {
        const int MostHops = 8;
        var module = UserModule.Assembly?.Name.Name == assembly ? UserModule : Open(assembly)?.MainModule;
        if (module is null || hops > MostHops)
        {
            return null;
        }

        if (module.GetType(fullName) is { } found)
        {
            return found;
        }

        var outer = fullName.Split('/')[0];
        var forwarded = module.ExportedTypes.FirstOrDefault(exported => exported.FullName == outer);
        return forwarded is { Scope: AssemblyNameReference target } ? FindType(target.Name, fullName, hops + 1) : null;
    }

    private AssemblyDefinition? Open(string name)
    {
        if (opened.TryGetValue(name, out var known))
        {
            return known;
        }

        AssemblyDefinition? assembly = null;
        if (files.TryGetValue(name, out var path))
        {
            try
            {
                var bytes = new MemoryStream(File.ReadAllBytes(path));
                assembly = AssemblyDefinition.ReadAssembly(bytes, new ReaderParameters { AssemblyResolver = this });
                if (libraries.Contains(name))
                {
                    read.Add(path);
                }
            }
            catch (Exception exception) when (exception is BadImageFormatException or IOException)
            {
                // A native library beside the managed ones.
            }
        }

        return opened[name] = assembly;
    }
}
