using global::ILGPU;
using global::ILGPU.Runtime;
using global::ILGPU.Runtime.Cuda;
using global::ILGPU.Runtime.OpenCL;

namespace GraphWeaver.ILGPU;

/// <summary>
/// The accelerators of this machine. ILGPU's CPU accelerator is left out: it is a debugging simulator, a thousand times slower than the CPU
/// backend, and must never be chosen for work.
/// </summary>
public static class Accelerators
{
    /// <summary>True when this assembly was built with ILGPU.</summary>
    public static bool IsIlgpuPresent => true;

    /// <summary>Lists CUDA and OpenCL devices; empty where there is no device or no driver.</summary>
    public static IReadOnlyList<AcceleratorDescription> Find()
    {
        using Context context = Context.Create(builder => builder.Cuda().OpenCL());
        return
        [
            .. context.Devices.Select(device => new AcceleratorDescription(
                device.Name, device.AcceleratorType.ToString(), device.MemorySize, device.NumMultiprocessors)),
        ];
    }
}
