using GraphWeaver.ILGPU.Kernels;
using global::ILGPU;
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

    /// <summary>The accelerator that <see cref="GraphMode.Backend"/> means; null where kernels run on the CPU alone.</summary>
    public static AcceleratorDescription? Current => Devices.Current?.Description;

    /// <summary>Why work stayed on the CPU so far, a line for each reason.</summary>
    public static IReadOnlyCollection<string> Messages => DeviceLog.Lines;

    /// <summary>
    /// Gives the devices with their memory and their compiled kernels back, as soon as the kernels at work are done. The next kernel that wants a device finds it anew, one that was lost too.
    /// Called by itself when the process ends or the assembly is unloaded.
    /// </summary>
    public static void Release() => Devices.Release();

    /// <summary>Lists CUDA and OpenCL devices; empty where there is no device or no driver.</summary>
    public static IReadOnlyList<AcceleratorDescription> Find()
    {
        OpenCLLibrary.Find();
        using Context context = Context.Create(builder => builder.Cuda().OpenCL());
        return
        [
            .. context.Devices.Where(device => device.AcceleratorType != global::ILGPU.Runtime.AcceleratorType.CPU).Select(device => new AcceleratorDescription(
                device.Name, device.AcceleratorType.ToString(), device.MemorySize, device.NumMultiprocessors)),
        ];
    }
}
