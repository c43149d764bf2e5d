using Mono.Cecil;

namespace GraphWeaver.Compiler.Binding;

/// <summary>Resolves for a probe assembly: the user's assembly is the module in memory, everything else is where that module finds it.</summary>
internal sealed class ProbeResolver(ModuleDefinition user) : IAssemblyResolver
{
    public AssemblyDefinition? Resolve(AssemblyNameReference name) => name.Name == user.Assembly.Name.Name ? user.Assembly : user.AssemblyResolver.Resolve(name);

    public AssemblyDefinition? Resolve(AssemblyNameReference name, ReaderParameters parameters) => Resolve(name);

    public void Dispose()
    {
        // The user's module owns its resolver.
    }
}
