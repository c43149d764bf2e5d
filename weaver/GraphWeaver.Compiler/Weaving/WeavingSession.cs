using GraphWeaver.Compiler.Passes;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Weaving;

/// <summary>What the methods of one module share.</summary>
internal sealed class WeavingSession(ModuleDefinition module, WeavingOptions options) : IDisposable
{
    public WeavingOptions Options { get; } = options;

    public KernelLibrary Kernels { get; } = new(module);

    public void Dispose()
    {
    }
}
