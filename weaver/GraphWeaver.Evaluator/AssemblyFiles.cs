using System.Reflection;
using System.Runtime.Loader;

namespace GraphWeaver.Evaluator;

/// <summary>
/// Which file a simple name means: an implementation path first, then what the compiler saw, but never instead of a
/// framework assembly of the same or a higher version, as the host would choose.
/// </summary>
internal sealed class AssemblyFiles
{
    private readonly Dictionary<string, string> platform = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> files = new(StringComparer.OrdinalIgnoreCase);
    private readonly AssemblyLoadContext stateless = new("stateless libraries");

    public AssemblyFiles(Settings settings)
    {
        var trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        foreach (var path in trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            platform.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        }

        foreach (var path in settings.ImplementationPaths)
        {
            files.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        }

        foreach (var path in settings.ReferencePaths)
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (!platform.ContainsKey(name))
            {
                files.TryAdd(name, path);
            }
        }
    }

    /// <summary>The assembly for <paramref name="context"/>, or null where the framework has it or nobody has.</summary>
    public Assembly? Load(AssemblyName name, AssemblyLoadContext context)
    {
        if (name.Name is not { } simpleName || !files.TryGetValue(simpleName, out var path))
        {
            return null;
        }

        if (platform.TryGetValue(simpleName, out var trusted)
            && AssemblyName.GetAssemblyName(trusted).Version >= AssemblyName.GetAssemblyName(path).Version)
        {
            return null;
        }

        // It keeps nothing between calls, so methods share one copy and it is compiled once.
        if (simpleName == "System.Numerics.Tensors")
        {
            return stateless.LoadFromAssemblyPath(path);
        }

        var assembly = context.LoadFromAssemblyPath(path);
        LibrarySettings.Apply(assembly, simpleName);
        return assembly;
    }
}
