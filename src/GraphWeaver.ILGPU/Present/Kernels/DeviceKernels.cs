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

    /// <summary>One thread for each element; threads side by side have elements side by side. Without a loop: PoCL makes vectors of the threads of innermost loops only.</summary>
    public static void Space<TKernel, TRows>(TKernel kernel, DeviceSpace space, int firstRow, int rows)
        where TKernel : struct, IDeviceSpaceKernel
        where TRows : struct, IDeviceRows
    {
        int row = firstRow + (Grid.IdxY * Group.DimY) + Group.IdxY;
        int column = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (row < rows && column < space.Last.Divisor)
        {
            kernel.Execute((row * space.Last.Divisor) + column, default(TRows).PlaceOf(space, row, column));
        }
    }

    /// <summary>One group of threads for each row.</summary>
    public static void Rows<TKernel, TRows>(TKernel kernel, DeviceSpace space)
        where TKernel : struct, IDeviceRowKernel
        where TRows : struct, IDeviceRows =>
        kernel.Execute(Grid.IdxX, space.Last.Divisor, default(TRows).PlaceOf(space, Grid.IdxX, 0));
}
