using GraphWeaver.ILGPU.Kernels.Products;
using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <content>Matrix products.</content>
internal sealed partial class Device
{
    /// <summary>Starts a product with the kernel that goes on with its elements.</summary>
    /// <returns>False where it does not compile for the device, or the device has too small groups or grids.</returns>
    public bool TryMultiply<T, TArithmetic, TKernel>(DeviceStream stream, ArrayView<T> x, ArrayView<T> y, DeviceProduct product, TKernel kernel)
        where T : unmanaged
        where TArithmetic : struct, IDeviceArithmetic<T>
        where TKernel : struct, IDeviceEpilogue<T> =>
        Suits<LowTile>(product.Rows) ? TryMultiply<T, TArithmetic, LowTile, TKernel>(stream, x, y, product, kernel)
        : Suits<MiddleTile>(product.Rows) ? TryMultiply<T, TArithmetic, MiddleTile, TKernel>(stream, x, y, product, kernel)
        : Suits<LargeTile>(rows: 0) ? TryMultiply<T, TArithmetic, LargeTile, TKernel>(stream, x, y, product, kernel)
        : Suits<SmallTile>(rows: 0) && TryMultiply<T, TArithmetic, SmallTile, TKernel>(stream, x, y, product, kernel);

    /// <summary>Whether a tile has that many rows, and the device groups of so many threads.</summary>
    private bool Suits<TTile>(int rows)
        where TTile : struct, IDeviceTile => rows <= 4 * default(TTile).Rows && Threads<TTile>() <= accelerator.MaxNumThreadsPerGroup;

    private static int Threads<TTile>()
        where TTile : struct, IDeviceTile => default(TTile).Rows * default(TTile).Columns;

    private bool TryMultiply<T, TArithmetic, TTile, TKernel>(DeviceStream stream, ArrayView<T> x, ArrayView<T> y, DeviceProduct product, TKernel kernel)
        where T : unmanaged
        where TArithmetic : struct, IDeviceArithmetic<T>
        where TTile : struct, IDeviceTile
        where TKernel : struct, IDeviceEpilogue<T>
    {
        long groups = DeviceProducts.GroupsFor<TTile>(product);
        return groups <= accelerator.MaxGridSize.X
            && TryStart<TKernel, Action<AcceleratorStream, KernelConfig, ArrayView<T>, ArrayView<T>, DeviceProduct, TKernel>>(
                DeviceProducts.Tiles<T, TArithmetic, TTile, TKernel>,
                launch => launch(stream.Queue, new KernelConfig((int)groups, Threads<TTile>()), x, y, product, kernel),
                typeof(TTile));
    }
}
