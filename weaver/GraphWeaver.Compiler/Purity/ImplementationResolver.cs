using Mono.Cecil;

namespace GraphWeaver.Compiler.Purity;

/// <summary>Temporary.</summary>
public sealed class ImplementationResolver(ModuleDefinition module, WeavingOptions options) : IAssemblyBodies
{
    public IReadOnlyCollection<string> FilesRead => [];
    public MethodDefinition? Find(MethodReference method) => method.Resolve();
    public TypeDefinition? Find(TypeReference type) => type.Resolve();
    public FieldDefinition? Find(FieldReference field) => field.Resolve();
    public object O => (module, options);
}
