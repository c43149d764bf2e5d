using GraphWeaver.ILGPU.Kernels.Products;
using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <content>Matrix products.</content>
internal sealed partial class Device
{
    private const int ThreadsOfLargeTile = 256;

    private const int ThreadsOfSmallTile = 8;

    /// <summary>Starts a product with the kernel that goes on with its elements.</summary>
    /// <returns>False where it does not compile for the device, or the device has too small groups or grids.</returns>
    public bool TryMultiply<T, TArithmetic, TKernel>(ArrayView<T> x, ArrayView<T> y, DeviceProduct product, TKernel kernel)
        where T : unmanaged
        where TArithmetic : struct, IDeviceArithmetic<T>
        where TKernel : struct, IDeviceEpilogue<T>
    {
        int most = accelerator.MaxNumThreadsPerGroup;
        return most >= ThreadsOfLargeTile ? TryMultiply<T, TArithmetic, LargeTile, TKernel>(x, y, product, kernel, ThreadsOfLargeTile)
            : most >= ThreadsOfSmallTile && TryMultiply<T, TArithmetic, SmallTile, TKernel>(x, y, product, kernel, ThreadsOfSmallTile);
    }

    private bool TryMultiply<T, TArithmetic, TTile, TKernel>(ArrayView<T> x, ArrayView<T> y, DeviceProduct product, TKernel kernel, int threads)
        where T : unmanaged
        where TArithmetic : struct, IDeviceArithmetic<T>
        where TTile : struct, IDeviceTile
        where TKernel : struct, IDeviceEpilogue<T>
    {
        long groups = DeviceProducts.GroupsFor<TTile>(product);
        if (groups > accelerator.MaxGridSize.X
            || Launcher<TKernel, Action<AcceleratorStream, KernelConfig, ArrayView<T>, ArrayView<T>, DeviceProduct, TKernel>>(
                DeviceProducts.Tiles<T, TArithmetic, TTile, TKernel>) is not { } launch)
        {
            return false;
        }

        launch(Stream, new KernelConfig((int)groups, threads), x, y, product, kernel);
        Statistics.CountKernel();
        return true;
    }
}
