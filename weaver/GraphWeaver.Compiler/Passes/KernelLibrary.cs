using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Kernels.Devices;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Passes;

/// <summary>The kernels of one module: equal graphs share one kernel, all in one compiler-generated class made with the first.</summary>
/// <param name="module">The module.</param>
/// <param name="hasDevices">Whether kernels have forms for devices too.</param>
internal sealed class KernelLibrary(ModuleDefinition module, bool hasDevices = false)
{
    private readonly Dictionary<string, MethodDefinition> kernels = [];
    private TypeDefinition? container;

    /// <summary>Whether kernels offer themselves to devices.</summary>
    public bool HasDevices => hasDevices;

    /// <summary>The text of every graph there is a kernel for.</summary>
    public IReadOnlyCollection<string> Graphs => kernels.Keys;

    public MethodDefinition Emit(KernelGraph graph, MethodDefinition user)
    {
        var text = graph.ToString();
        if (!kernels.TryGetValue(text, out var kernel))
        {
            container ??= MakeContainer();
            kernels[text] = kernel = KernelEmitter.Emit(module, container, graph, $"{user.Name}_{kernels.Count}", hasDevices);
        }

        return kernel;
    }

    /// <summary>Whether a method is a kernel.</summary>
    public bool Owns(MethodReference method) => container is not null && method.DeclaringType == container;

    private TypeDefinition MakeContainer()
    {
        if (hasDevices)
        {
            DeviceTarget.Open(module);
        }

        return GeneratedTypes.AddStaticClass(module, "Kernels");
    }
}
