using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>Finds the definitions whose IL runs in the program: implementation assemblies, never reference assemblies.</summary>
public interface IAssemblyBodies
{
    /// <summary>The module being woven.</summary>
    ModuleDefinition UserModule { get; }

    /// <summary>The definition with its body, or null when its assembly or the member is not there.</summary>
    MethodDefinition? Find(MethodReference method);

    /// <summary>The definition, or null when its assembly or the type is not there.</summary>
    TypeDefinition? Find(TypeReference type);

    /// <summary>The definition, or null when its assembly or the field is not there.</summary>
    FieldDefinition? Find(FieldReference field);

    /// <summary>Files opened so far, outside the shared frameworks; a folded value is stale when one changes.</summary>
    IReadOnlyCollection<string> FilesRead { get; }
}
