using System.Collections.Concurrent;
using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// One accelerator with its memory and its compiled kernels. All work goes down one stream, under one lock: launches are short, and the device runs
/// one kernel after the other anyway. A kernel that does not compile is told once and never tried again.
/// </summary>
internal sealed partial class Device(Accelerator accelerator, AcceleratorDescription description)
{
    // Beyond, a group takes several rows: a grid has a largest size.
    private const int MostGroups = 65535;

    private static readonly ConcurrentDictionary<Type, bool> refused = new();

    private readonly Dictionary<Type, Delegate> launchers = [];
    private readonly KernelLoader loader = new(accelerator);
    private CostModel? cost;

    /// <summary>Held by whoever uses anything of the device.</summary>
    public Lock Lock { get; } = new();

    /// <summary>Whether ILGPU did not take a kernel: it compiles nothing more with that context. <see cref="Devices"/> makes another device.</summary>
    public bool IsBroken { get; private set; }

    public AcceleratorStream Stream => accelerator.DefaultStream;

    public DeviceMemory Memory { get; } = new(accelerator);

    /// <summary>What work costs here; measured when it is first asked.</summary>
    public CostModel Cost => cost ??= new CostModel(accelerator);

    public DeviceStatistics Statistics => Description.Statistics;

    public AcceleratorDescription Description => description;

    /// <summary>Starts an element-wise kernel.</summary>
    /// <returns>False where the kernel does not compile for the device.</returns>
    public bool TryLaunch<TKernel>(TKernel kernel, int length)
        where TKernel : struct, IDeviceKernel
    {
        if (Launcher<TKernel, Action<AcceleratorStream, Index1D, TKernel>>(DeviceKernels.Elements<TKernel>) is not { } launch)
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
        if (Launcher<TKernel, Action<AcceleratorStream, KernelConfig, TKernel, int, int>>(DeviceKernels.Rows<TKernel>) is not { } launch)
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

    private TLauncher? Launcher<TKernel, TLauncher>(Delegate entry)
        where TLauncher : Delegate
    {
        if (launchers.TryGetValue(typeof(TKernel), out Delegate? launcher))
        {
            return (TLauncher)launcher;
        }

        if (IsBroken || refused.ContainsKey(typeof(TKernel)))
        {
            return null;
        }

        try
        {
            TLauncher loaded = loader.Load<TLauncher>(entry.Method);
            launchers.Add(typeof(TKernel), loaded);
            return loaded;
        }
        catch (Exception exception)
        {
            IsBroken = exception is not (KernelRefusedException or AcceleratorException);
            refused.TryAdd(typeof(TKernel), true);
            DeviceLog.Say($"kernel {typeof(TKernel).Name} does not compile for {accelerator.Name} and stays on the CPU: {DeviceLog.Reason(exception)}");
            return null;
        }
    }
}
