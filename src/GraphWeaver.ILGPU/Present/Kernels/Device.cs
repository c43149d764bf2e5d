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
    private static readonly ConcurrentDictionary<(Type, Type?), bool> refused = new();

    private readonly Dictionary<(Type, Type?), Delegate> launchers = [];
    private CostModel? cost;

    /// <summary>Held by whoever uses anything of the device.</summary>
    public Lock Lock { get; } = new();

    /// <summary>Whether a kernel did not compile: ILGPU compiles nothing more with that context. <see cref="Devices"/> makes another device.</summary>
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
        if (Launcher<TKernel, Action<AcceleratorStream, Index1D, TKernel>>(() => accelerator.LoadAutoGroupedKernel<Index1D, TKernel>(DeviceKernels.Elements)) is not { } launch)
        {
            return false;
        }

        launch(Stream, length, kernel);
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

    /// <param name="load">Compiles the kernel.</param>
    /// <param name="form">Which of the kernel's forms it is, where there are several.</param>
    private TLauncher? Launcher<TKernel, TLauncher>(Func<TLauncher> load, Type? form = null)
        where TLauncher : Delegate
    {
        (Type, Type?) key = (typeof(TKernel), form);
        if (launchers.TryGetValue(key, out Delegate? launcher))
        {
            return (TLauncher)launcher;
        }

        if (IsBroken || refused.ContainsKey(key))
        {
            return null;
        }

        try
        {
            TLauncher loaded = load();
            launchers.Add(key, loaded);
            return loaded;
        }
        catch (Exception exception)
        {
            IsBroken = true;
            refused.TryAdd(key, true);
            DeviceLog.Say($"kernel {typeof(TKernel).Name} does not compile for {accelerator.Name} and stays on the CPU: {exception.GetBaseException().Message}");
            return null;
        }
    }
}
