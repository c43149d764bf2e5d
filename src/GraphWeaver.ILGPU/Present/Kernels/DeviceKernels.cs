using System.ComponentModel;
using global::ILGPU;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>The entry points that ILGPU compiles, one instance for each structure the weaver has emitted.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DeviceKernels
{
    /// <summary>One thread for each element.</summary>
    public static void Elements<TKernel>(Index1D index, TKernel kernel)
        where TKernel : struct, IDeviceKernel =>
        kernel.Execute(index);
}
