using System.Runtime.Loader;
using GraphWeaver.ILGPU.Kernels.Functions;
using GraphWeaver.Kernels;
using global::ILGPU;
using global::ILGPU.Algorithms;
using global::ILGPU.Runtime;
using global::ILGPU.Runtime.CPU;
using global::ILGPU.Runtime.Cuda;
using global::ILGPU.Runtime.OpenCL;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// The device in use. Each backend's device is looked for when it is first asked for, by <see cref="Backend.Auto"/> when there was enough work that it could have shortened, and lives until
/// it is released, fails, or the process ends. Where there is none, kernels stop asking.
/// </summary>
internal static class Devices
{
    // What drivers take to start.
    private const double SearchSeconds = 0.1;

    private static readonly Lock searching = new();
    private static readonly Dictionary<Backend, Device?> found = [];
    private static volatile Selection? selection;
    private static double waited;

    static Devices()
    {
        // An event of the process would keep an assembly that can be unloaded.
        AssemblyLoadContext? context = AssemblyLoadContext.GetLoadContext(typeof(Devices).Assembly);
        if (context is { IsCollectible: true })
        {
            context.Unloading += _ => Release();
        }
        else
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Release();
        }
    }

    /// <summary>The device of <see cref="GraphMode.Backend"/>; null where there is none.</summary>
    public static Device? Current
    {
        get
        {
            Backend backend = GraphMode.Backend;
            return selection is { Device: { IsBroken: false, Loss: null } device } known && known.Backend == backend ? device : Select(backend);
        }
    }

    /// <summary>The same for a kernel; with <see cref="Backend.Auto"/> devices are looked for once the CPU has had work for as long as the search takes.</summary>
    public static Device? For(long work, List<DeviceSlot> slots)
    {
        if (GraphMode.Backend == Backend.Auto && selection is not { Backend: Backend.Auto } && waited < SearchSeconds)
        {
            waited += CostModel.CpuSeconds(work, slots.Sum(slot => slot.Tensor.Bytes));
            return null;
        }

        return Current;
    }

    /// <summary>Gives all devices back, and forgets which were lost.</summary>
    public static void Release()
    {
        lock (searching)
        {
            foreach (Device? device in found.Values)
            {
                device?.Retire();
            }

            found.Clear();
            selection = null;
            DeviceSwitch.Want(GraphMode.Backend != Backend.Cpu);
        }
    }

    /// <summary>Has kernels stop asking for a device that is lost.</summary>
    public static void Drop(Device device)
    {
        if (selection?.Device == device)
        {
            DeviceSwitch.Want(false);
        }
    }

    private static Device? Select(Backend backend)
    {
        CheckName(Environment.GetEnvironmentVariable("GRAPHWEAVER_BACKEND"));
        lock (searching)
        {
            if (!found.TryGetValue(backend, out Device? device) || device is { IsBroken: true })
            {
                device?.Retire();
                found[backend] = device = backend switch
                {
                    Backend.Cuda or Backend.OpenCL or Backend.Simulator => Find(backend, device?.Description),
                    Backend.Auto => Find(Backend.Cuda, device?.Description) ?? Find(Backend.OpenCL, device?.Description),
                    _ => null,
                };
                if (device is null && backend is Backend.Cuda or Backend.OpenCL)
                {
                    DeviceLog.Say($"no {backend} device or no driver for it: kernels run on the CPU.");
                }
            }

            device = device is { Loss: null } ? device : null;
            selection = new Selection(backend, device);
            if (device is null && GraphMode.Backend == backend)
            {
                DeviceSwitch.Want(false);
            }

            return device;
        }
    }

    private static void CheckName(string? name)
    {
        if (name?.Trim().ToLowerInvariant() is not (null or "" or "auto" or "cpu" or "cuda" or "opencl" or "simulator"))
        {
            DeviceLog.Say($"GRAPHWEAVER_BACKEND is '{name}', which is none of auto, cpu, cuda, opencl, simulator: it counts as auto.");
        }
    }

    /// <param name="backend">The kind of device.</param>
    /// <param name="before">The device that this is another of.</param>
    private static Device? Find(Backend backend, AcceleratorDescription? before)
    {
        try
        {
            OpenCLLibrary.Find();
            Context context = Context.Create(builder => DeviceIntrinsics.Register(Register(builder, backend).EnableAlgorithms().Optimize(OptimizationLevel.O2)));
            AcceleratorType type = backend switch { Backend.Cuda => AcceleratorType.Cuda, Backend.OpenCL => AcceleratorType.OpenCL, _ => AcceleratorType.CPU };
            if (context.Devices.Where(device => device.AcceleratorType == type).MaxBy(device => device.MemorySize) is { } best)
            {
                Accelerator accelerator = best.CreateAccelerator(context);
                return new Device(context, accelerator, before is { } same && same.Name == accelerator.Name ? same : Describe(accelerator));
            }

            context.Dispose();
        }
        catch (Exception exception)
        {
            DeviceLog.Say($"the {backend} device cannot be used, kernels run on the CPU: {DeviceLog.Reason(exception)}");
        }

        return null;
    }

    private static AcceleratorDescription Describe(Accelerator accelerator) => new(
        accelerator.Name, accelerator.AcceleratorType.ToString(), accelerator.MemorySize, accelerator.NumMultiprocessors);

    /// <remarks>Few threads: the simulator has an operating system's thread for each.</remarks>
    private static Context.Builder Register(Context.Builder builder, Backend backend) => backend switch
    {
        Backend.Cuda => builder.Cuda(),
        Backend.OpenCL => builder.OpenCL(),
        _ => builder.CPU(new CPUDevice(numThreadsPerWarp: 4, numWarpsPerMultiprocessor: 2, numMultiprocessors: 1)),
    };

    private sealed record Selection(Backend Backend, Device? Device);
}
