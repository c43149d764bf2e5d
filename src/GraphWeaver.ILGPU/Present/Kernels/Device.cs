using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// One accelerator with its memory and its compiled kernels. All work goes down one stream, under one lock: launches are short, and the device runs
/// one kernel after the other anyway. A kernel that does not compile is told once and never tried again.
/// </summary>
internal sealed partial class Device(Context context, Accelerator accelerator)
{
    // Beyond, a group takes several rows: a grid has a largest size.
    private const int MostGroups = 65535;

    private readonly Dictionary<Type, Delegate?> launchers = [];

    /// <summary>Held by whoever uses anything of the device.</summary>
    public Lock Lock { get; } = new();

    public Context Context => context;

    public AcceleratorStream Stream => accelerator.DefaultStream;

    public DeviceMemory Memory { get; } = new(accelerator);

    public DeviceStatistics Statistics => Description.Statistics;

    public AcceleratorDescription Description { get; } = new(
        accelerator.Name, accelerator.AcceleratorType.ToString(), accelerator.MemorySize, accelerator.NumMultiprocessors);

    /// <summary>Starts an element-wise kernel.</summary>
    /// <returns>False where the kernel does not compile for the device.</returns>
    public bool TryLaunch<TKernel>(TKernel kernel, int length)
        where TKernel : struct, IDeviceKernel
    {
        if (Launcher<TKernel, Action<AcceleratorStream, Index1D, TKernel>>(() => accelerator.LoadAutoGroupedKernel<Index1D, TKernel>(DeviceKernels.Elements)) is not { } launch)
        {
            return false;
        }

        launch(Stream, length, kernel);
        Statistics.CountKernel();
        return true;
    }

    /// <summary>Starts a kernel that reduces rows.</summary>
    /// <returns>False where the kernel does not compile for the device.</returns>
    public bool TryLaunchRows<TKernel>(TKernel kernel, int rows, int length)
        where TKernel : struct, IDeviceRowKernel
    {
        if (Launcher<TKernel, Action<AcceleratorStream, KernelConfig, TKernel, int, int>>(() => accelerator.LoadKernel<TKernel, int, int>(DeviceKernels.Rows)) is not { } launch)
        {
            return false;
        }

        launch(Stream, new KernelConfig(Math.Min(rows, MostGroups), ThreadsFor(length)), kernel, rows, length);
        Statistics.CountKernel();
        return true;
    }

    /// <summary>A power of two: as many threads as there is work for, and a group may have.</summary>
    private int ThreadsFor(int length)
    {
        int most = Math.Min(DeviceGroups.MaxThreads, accelerator.MaxNumThreadsPerGroup);
        int threads = 1;
        while (threads * 2 <= most && threads < length)
        {
            threads *= 2;
        }

        return threads;
    }

    private TLauncher? Launcher<TKernel, TLauncher>(Func<TLauncher> load)
        where TLauncher : Delegate
    {
        if (!launchers.TryGetValue(typeof(TKernel), out Delegate? launcher))
        {
            try
            {
                launcher = load();
            }
            catch (Exception exception)
            {
                DeviceLog.Say($"kernel {typeof(TKernel).Name} does not compile for {accelerator.Name} and stays on the CPU: {exception.GetBaseException().Message}");
            }

            launchers.Add(typeof(TKernel), launcher);
        }

        return (TLauncher?)launcher;
    }
}
