using GraphWeaver.Compiler.Kernels;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Passes;

/// <summary>The kernels of one module: equal graphs share one kernel, all in one compiler-generated class made with the first.</summary>
internal sealed class KernelLibrary(ModuleDefinition module)
{
    private readonly Dictionary<string, MethodDefinition> kernels = [];
    private TypeDefinition? container;

    /// <summary>The text of every graph there is a kernel for.</summary>
    public IReadOnlyCollection<string> Graphs => kernels.Keys;

    public MethodDefinition Emit(KernelGraph graph, MethodDefinition user)
    {
        var text = graph.ToString();
        if (!kernels.TryGetValue(text, out var kernel))
        {
            container ??= GeneratedTypes.AddStaticClass(module, "Kernels");
            kernels[text] = kernel = KernelEmitter.Emit(module, container, graph, $"{user.Name}_{kernels.Count}");
        }

        return kernel;
    }
}
