using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// One accelerator with its memory and its compiled kernels. Each session has its own stream; what all share, the kernels' launchers, is used under one lock: launches are short, and on
/// OpenCL the arguments of a launch are the kernel's until it is queued. A kernel that does not compile is told once and never tried again.
/// </summary>
internal sealed partial class Device(Context context, Accelerator accelerator, AcceleratorDescription description)
{
    private static readonly ConcurrentDictionary<(Type, Type), bool> refused = new();

    private readonly Lock launching = new();
    private readonly ConcurrentDictionary<Type, KernelRecord> records = new();
    private readonly KernelLoader loader = new(accelerator);
    private CostModel? cost;
    private int compiled;

    /// <summary>Whether ILGPU did not take a kernel: it compiles nothing more with that context. <see cref="Devices"/> makes another device.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>What compiling a kernel takes: a guess, then the mean of those compiled.</summary>
    public double CompileSeconds { get; private set; } = 0.1;

    public DeviceMemory Memory { get; } = new(accelerator);

    /// <summary>What work costs here; measured when it is first asked.</summary>
    public CostModel Cost
    {
        get
        {
            lock (launching)
            {
                return cost ??= new CostModel(accelerator);
            }
        }
    }

    public DeviceStatistics Statistics => Description.Statistics;

    public AcceleratorDescription Description => description;

    /// <summary>What is known of a kernel.</summary>
    public KernelRecord RecordOf(Type kernel) => records.GetOrAdd(kernel, static _ => new KernelRecord());

    /// <summary>Launches a kernel and, its first times, waits for it to learn how long it takes.</summary>
    public bool Timed(Type kernel, long work, DeviceStream stream, Func<Device, DeviceStream, bool> launch)
    {
        KernelRecord record = RecordOf(kernel);
        if (!record.WantsTime)
        {
            return launch(this, stream);
        }

        stream.Queue.Synchronize();
        long start = Stopwatch.GetTimestamp();
        bool isDone = launch(this, stream);
        stream.Queue.Synchronize();
        record.Add(Stopwatch.GetElapsedTime(start).TotalSeconds, work);
        return isDone;
    }

    /// <summary>Starts an element-wise kernel.</summary>
    /// <returns>False where the kernel does not compile for the device.</returns>
    public bool TryLaunch<TKernel>(DeviceStream stream, TKernel kernel, int length)
        where TKernel : struct, IDeviceKernel =>
        TryStart<TKernel, Action<AcceleratorStream, Index1D, TKernel>>(
            DeviceKernels.Elements<TKernel>, launch => launch(stream.Queue, length, kernel));

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

    /// <param name="entry">The kernel's entry point.</param>
    /// <param name="start">Launches it.</param>
    /// <param name="form">Which of the kernel's forms it is, where there are several.</param>
    private bool TryStart<TKernel, TLauncher>(Delegate entry, Action<TLauncher> start, Type? form = null)
        where TLauncher : Delegate
    {
        lock (launching)
        {
            KernelRecord record = RecordOf(typeof(TKernel));
            if (!record.Launchers.TryGetValue(form ?? typeof(TKernel), out Delegate? launcher))
            {
                if (!TryLoad<TLauncher>(typeof(TKernel), form ?? typeof(TKernel), entry, out launcher))
                {
                    return false;
                }

                record.Launchers.Add(form ?? typeof(TKernel), launcher);
            }

            start((TLauncher)launcher);
        }

        Statistics.CountKernel();
        return true;
    }

    private bool TryLoad<TLauncher>(Type kernel, Type form, Delegate entry, [NotNullWhen(true)] out Delegate? launcher)
        where TLauncher : Delegate
    {
        launcher = null;
        if (IsBroken || refused.ContainsKey((kernel, form)))
        {
            return false;
        }

        try
        {
            long start = Stopwatch.GetTimestamp();
            launcher = loader.Load<TLauncher>(entry.Method);
            CompileSeconds += (Stopwatch.GetElapsedTime(start).TotalSeconds - CompileSeconds) / ++compiled;
            return true;
        }
        catch (Exception exception)
        {
            IsBroken = exception is not (KernelRefusedException or AcceleratorException);
            refused.TryAdd((kernel, form), true);
            DeviceLog.Say($"kernel {kernel.Name} does not compile for {accelerator.Name} and stays on the CPU: {DeviceLog.Reason(exception)}");
            return false;
        }
    }
}
