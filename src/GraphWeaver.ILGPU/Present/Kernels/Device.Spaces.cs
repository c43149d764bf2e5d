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
    public bool TryLaunchOver<TKernel>(DeviceStream stream, TKernel kernel, DeviceCoordinates coordinates)
        where TKernel : struct, IDeviceSpaceKernel =>
        coordinates.IsPlane ? TryLaunchOver<TKernel, PlaneRows>(stream, kernel, coordinates) : TryLaunchOver<TKernel, SpaceRows>(stream, kernel, coordinates);

    /// <summary>Starts a kernel that reduces rows.</summary>
    /// <returns>False where the kernel does not compile for the device, or there are more rows than a grid has groups.</returns>
    public bool TryLaunchRows<TKernel>(DeviceStream stream, TKernel kernel, DeviceCoordinates coordinates)
        where TKernel : struct, IDeviceRowKernel =>
        coordinates.IsPlane ? TryLaunchRows<TKernel, PlaneRows>(stream, kernel, coordinates) : TryLaunchRows<TKernel, SpaceRows>(stream, kernel, coordinates);

    private bool TryLaunchOver<TKernel, TRows>(DeviceStream stream, TKernel kernel, DeviceCoordinates coordinates)
        where TKernel : struct, IDeviceSpaceKernel
        where TRows : struct, IDeviceRows
    {
        int columns = coordinates.Shape.Last;
        int rows = coordinates.Rows;
        int across = ThreadsFor(columns);
        int down = ThreadsFor(DeviceGroups.MaxThreads) / across;
        for (long first = 0; first < rows; first += MostGroups * down)
        {
            int firstRow = (int)first;
            int groups = (int)Math.Min(MostGroups, 1 + ((rows - first - 1) / down));
            var config = new KernelConfig(new Index3D(1 + ((columns - 1) / across), groups, 1), new Index3D(across, down, 1));
            if (!TryStart<TKernel, Action<AcceleratorStream, KernelConfig, TKernel, DeviceSpace, int, int>>(
                DeviceKernels.Space<TKernel, TRows>,
                launch => launch(stream.Queue, config, kernel, coordinates.Space, firstRow, rows),
                typeof(TRows)))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryLaunchRows<TKernel, TRows>(DeviceStream stream, TKernel kernel, DeviceCoordinates coordinates)
        where TKernel : struct, IDeviceRowKernel
        where TRows : struct, IDeviceRows
    {
        var config = new KernelConfig(coordinates.Rows, ThreadsFor(coordinates.Shape.Last));
        return coordinates.Rows <= accelerator.MaxGridSize.X
            && TryStart<TKernel, Action<AcceleratorStream, KernelConfig, TKernel, DeviceSpace>>(
                DeviceKernels.Rows<TKernel, TRows>,
                launch => launch(stream.Queue, config, kernel, coordinates.Space),
                typeof(TRows));
    }
}
