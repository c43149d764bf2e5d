using System.Runtime.CompilerServices;
using Mono.Cecil;

namespace GraphWeaver.Compiler.IR.Text;

/// <summary>
/// Types by full name as a module refers to them: its primitives, its own types, the references it has, then what its assembly references
/// define or forward, then what those refer to in turn. A name in two assemblies means the first found in that order.
/// </summary>
internal sealed class ModuleTypes
{
    private static readonly ConditionalWeakTable<ModuleDefinition, ModuleTypes> Known = new();
    private readonly ModuleDefinition module;
    private readonly Dictionary<string, TypeReference> types = new(StringComparer.Ordinal);

    private ModuleTypes(ModuleDefinition module)
    {
        this.module = module;
        var system = module.TypeSystem;
        TypeReference[] primitives =
        [
            system.Object, system.Void, system.Boolean, system.Char, system.SByte, system.Byte, system.Int16, system.UInt16, system.Int32, system.UInt32,
            system.Int64, system.UInt64, system.Single, system.Double, system.IntPtr, system.UIntPtr, system.String, system.TypedReference,
        ];
        foreach (var type in primitives.Concat(module.GetTypeReferences()).Where(type => !types.ContainsKey(type.FullName)))
        {
            types.Add(type.FullName, type);
        }
    }

    public static ModuleTypes Of(ModuleDefinition module) => Known.GetValue(module, static key => new ModuleTypes(key));

    /// <summary>The type, or null when neither the module nor its references have it.</summary>
    public TypeReference? Find(string fullName)
    {
        if (module.GetType(fullName) is { } definition)
        {
            return definition;
        }

        if (!types.TryGetValue(fullName, out var type))
        {
            type = FindInReferences(fullName);
            if (type is null)
            {
                return null;
            }

            types.Add(fullName, type);
        }

        // A row of the reference table does not say whether the type is a structure; only a signature does.
        if (type is not TypeDefinition && type.MetadataType == MetadataType.Class && type.Resolve() is { IsValueType: true })
        {
            type.IsValueType = true;
        }

        return type;
    }

    private TypeReference? FindInReferences(string fullName)
    {
        var assemblies = new Queue<AssemblyNameReference>(module.AssemblyReferences);
        var seen = new HashSet<string>(module.AssemblyReferences.Select(reference => reference.FullName), StringComparer.Ordinal);
        while (assemblies.Count > 0)
        {
            var reference = assemblies.Dequeue();
            if (Resolve(reference) is not { } assembly)
            {
                continue;
            }

            if (Find(assembly.MainModule, fullName) is { } definition)
            {
                return module.AssemblyReferences.Contains(reference) ? Reference(definition, reference) : module.ImportReference(definition);
            }

            assembly.MainModule.AssemblyReferences.Where(next => seen.Add(next.FullName)).ToList().ForEach(assemblies.Enqueue);
        }

        return null;
    }

    private static TypeDefinition? Find(ModuleDefinition assembly, string fullName) =>
        assembly.GetType(fullName) ?? assembly.ExportedTypes.FirstOrDefault(type => type.FullName == fullName)?.Resolve();

    private AssemblyDefinition? Resolve(AssemblyNameReference reference)
    {
        try
        {
            return module.AssemblyResolver.Resolve(reference);
        }
        catch (AssemblyResolutionException)
        {
            // A reference nothing needs may be absent, as in a real build.
            return null;
        }
    }

    private TypeReference Reference(TypeDefinition definition, AssemblyNameReference scope) =>
        new(definition.Namespace, definition.Name, module, scope, definition.IsValueType)
        {
            DeclaringType = definition.DeclaringType is { } outer ? Reference(outer, scope) : null,
        };
}
