using System.Security.Cryptography;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>Runs of bytes as data of the assembly, behind fields of one generated class; equal bytes are stored once.</summary>
internal sealed class Blobs(ModuleDefinition module, Func<TypeDefinition> container)
{
    private readonly Dictionary<string, FieldDefinition> fields = [];

    /// <summary>What equal bytes share and others do not.</summary>
    public static string Key(byte[] bytes)
    {
        using var digest = SHA256.Create();
        return $"{bytes.Length} {Convert.ToBase64String(bytes.Length <= 32 ? bytes : digest.ComputeHash(bytes))}";
    }

    public FieldReference Field(byte[] bytes)
    {
        var key = Key(bytes);
        if (!fields.TryGetValue(key, out var field))
        {
            const FieldAttributes Attributes = FieldAttributes.Assembly | FieldAttributes.Static | FieldAttributes.InitOnly | FieldAttributes.HasFieldRVA;
            field = new FieldDefinition($"Blob{fields.Count}", Attributes, BlobType(bytes.Length)) { InitialValue = bytes };
            container().Fields.Add(field);
            fields[key] = field;
        }

        return field;
    }

    private TypeDefinition BlobType(int size)
    {
        var name = $"Bytes{size}";
        if (container().NestedTypes.FirstOrDefault(type => type.Name == name) is { } known)
        {
            return known;
        }

        var valueType = new TypeReference("System", "ValueType", module, module.TypeSystem.CoreLibrary);
        var type = new TypeDefinition("", name, TypeAttributes.NestedAssembly | TypeAttributes.ExplicitLayout | TypeAttributes.Sealed | TypeAttributes.AnsiClass, valueType)
        {
            PackingSize = 1,
            ClassSize = size,
        };
        container().NestedTypes.Add(type);
        return type;
    }
}
