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

    /// <summary>One group of threads for each row, or for some of them in turn.</summary>
    public static void Rows<TKernel>(TKernel kernel, int rows, int length)
        where TKernel : struct, IDeviceRowKernel
    {
        for (int row = Grid.IdxX; row < rows; row += Grid.DimX)
        {
            kernel.Execute(row, length);
        }
    }
}
