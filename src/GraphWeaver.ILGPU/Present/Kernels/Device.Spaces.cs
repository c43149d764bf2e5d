using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <content>Kernels over tensors of any layout. There is one more form of each where the space has two dimensions.</content>
internal sealed partial class Device
{
    // Along the second dimension: CUDA's.
    private const int MostGroups = 65535;

    /// <summary>Starts an element-wise kernel: groups lie along the rows, or over several where they are short.</summary>
    /// <returns>False where the kernel does not compile for the device.</returns>
    public bool TryLaunchOver<TKernel>(TKernel kernel, DeviceCoordinates coordinates)
        where TKernel : struct, IDeviceSpaceKernel =>
        coordinates.IsPlane ? TryLaunchOver<TKernel, PlaneRows>(kernel, coordinates) : TryLaunchOver<TKernel, SpaceRows>(kernel, coordinates);

    /// <summary>Starts a kernel that reduces rows.</summary>
    /// <returns>False where the kernel does not compile for the device, or there are more rows than a grid has groups.</returns>
    public bool TryLaunchRows<TKernel>(TKernel kernel, DeviceCoordinates coordinates)
        where TKernel : struct, IDeviceRowKernel =>
        coordinates.IsPlane ? TryLaunchRows<TKernel, PlaneRows>(kernel, coordinates) : TryLaunchRows<TKernel, SpaceRows>(kernel, coordinates);

    private bool TryLaunchOver<TKernel, TRows>(TKernel kernel, DeviceCoordinates coordinates)
        where TKernel : struct, IDeviceSpaceKernel
        where TRows : struct, IDeviceRows
    {
        if (Launcher<TKernel, Action<AcceleratorStream, KernelConfig, TKernel, DeviceSpace, int, int>>(
            () => accelerator.LoadKernel<TKernel, DeviceSpace, int, int>(DeviceKernels.Space<TKernel, TRows>), typeof(TRows)) is not { } launch)
        {
            return false;
        }

        int columns = coordinates.Shape.Last;
        int rows = coordinates.Rows;
        int across = ThreadsFor(columns);
        int down = ThreadsFor(DeviceGroups.MaxThreads) / across;
        for (long first = 0; first < rows; first += MostGroups * down)
        {
            int groups = (int)Math.Min(MostGroups, 1 + ((rows - first - 1) / down));
            var config = new KernelConfig(new Index3D(1 + ((columns - 1) / across), groups, 1), new Index3D(across, down, 1));
            launch(Stream, config, kernel, coordinates.Space, (int)first, rows);
            Statistics.CountKernel();
        }

        return true;
    }

    private bool TryLaunchRows<TKernel, TRows>(TKernel kernel, DeviceCoordinates coordinates)
        where TKernel : struct, IDeviceRowKernel
        where TRows : struct, IDeviceRows
    {
        if (coordinates.Rows > accelerator.MaxGridSize.X
            || Launcher<TKernel, Action<AcceleratorStream, KernelConfig, TKernel, DeviceSpace>>(
                () => accelerator.LoadKernel<TKernel, DeviceSpace>(DeviceKernels.Rows<TKernel, TRows>), typeof(TRows)) is not { } launch)
        {
            return false;
        }

        launch(Stream, new KernelConfig(coordinates.Rows, ThreadsFor(coordinates.Shape.Last)), kernel, coordinates.Space);
        Statistics.CountKernel();
        return true;
    }
}
