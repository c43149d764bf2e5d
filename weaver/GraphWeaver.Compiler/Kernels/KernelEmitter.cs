using Mono.Cecil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>Turns a kernel graph into IL.</summary>
public static class KernelEmitter
{
    /// <summary>Adds <c>static bool name(inputs..., out outputs...)</c> and its kernel structure to <paramref name="container"/>.</summary>
    public static MethodDefinition Emit(ModuleDefinition module, TypeDefinition container, KernelGraph graph, string name) => throw null!;
}
