using GraphWeaver.Compiler.Purity;
using Mono.Cecil;

namespace GraphWeaver.UnitTests.Binding;

/// <summary>A world without code to look into: nothing is known to be pure.</summary>
internal sealed class NoBodies(ModuleDefinition module) : IAssemblyBodies
{
    public ModuleDefinition UserModule => module;

    public IReadOnlyCollection<string> FilesRead => [];

    public MethodDefinition? Find(MethodReference method) => null;

    public TypeDefinition? Find(TypeReference type) => null;

    public FieldDefinition? Find(FieldReference field) => null;
}
