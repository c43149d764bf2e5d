using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR.Text;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>
/// The types workers name, as the user's module can refer to them: its own, those of the assemblies it references, and the framework's, whose
/// implementation assemblies a module never names.
/// </summary>
internal sealed class StoredTypes(ModuleDefinition module)
{
    private readonly Dictionary<string, TypeReference?> known = [];

    /// <summary>The type, or null when the module cannot name it.</summary>
    /// <param name="name">As a worker saw it.</param>
    /// <param name="owner">The generic type whose parameters <c>!0</c> and so on are, if the name has any.</param>
    public TypeReference? Find(RuntimeTypeName name, IGenericParameterProvider? owner = null)
    {
        var element = name.FullName.StartsWith("!", StringComparison.Ordinal) ? owner?.GenericParameters[int.Parse(name.FullName.Substring(1))] : FindElement(name);
        if (element is null)
        {
            return null;
        }

        if (name.Arguments.Count > 0)
        {
            var instance = new GenericInstanceType(element);
            foreach (var argument in name.Arguments)
            {
                if (Find(argument, owner) is not { } found)
                {
                    return null;
                }

                instance.GenericArguments.Add(found);
            }

            element = instance;
        }

        return name.Ranks.Aggregate(element, Array);
    }

    /// <summary>Such a parameter list is needed by whoever names a member of the generic type.</summary>
    public static TypeReference WithParameters(TypeReference type, int count)
    {
        while (type is not TypeDefinition && type.GenericParameters.Count < count)
        {
            type.GenericParameters.Add(new GenericParameter($"T{type.GenericParameters.Count}", type));
        }

        return type;
    }

    private static TypeReference Array(TypeReference element, int rank)
    {
        if (rank == 1)
        {
            return new ArrayType(element);
        }

        var array = new ArrayType(element, rank);
        for (var i = 0; i < rank; i++)
        {
            array.Dimensions[i] = new ArrayDimension(0, null);
        }

        return array;
    }

    private TypeReference? FindElement(RuntimeTypeName name)
    {
        var key = $"{name.FullName}, {name.Assembly}";
        if (!known.TryGetValue(key, out var type))
        {
            known[key] = type = Look(name.FullName.Replace('+', '/'), name.Assembly);
        }

        return type;
    }

    private TypeReference? Look(string fullName, string assembly)
    {
        if (assembly == module.Assembly.Name.Name)
        {
            return module.GetType(fullName);
        }

        var reference = module.AssemblyReferences.FirstOrDefault(candidate => candidate.Name == assembly);
        if (reference is not null && module.AssemblyResolver.Resolve(reference)?.MainModule.GetType(fullName) is { } definition)
        {
            return module.ImportReference(definition);
        }

        return Primitive(fullName) ?? (ModuleTypes.Of(module).Find(fullName) is { } found and not TypeDefinition ? found : null);
    }

    private TypeReference? Primitive(string fullName)
    {
        var system = module.TypeSystem;
        TypeReference[] primitives =
        [
            system.Object, system.Void, system.Boolean, system.Char, system.SByte, system.Byte, system.Int16, system.UInt16, system.Int32, system.UInt32,
            system.Int64, system.UInt64, system.Single, system.Double, system.IntPtr, system.UIntPtr, system.String,
        ];
        return primitives.FirstOrDefault(type => type.FullName == fullName);
    }
}
