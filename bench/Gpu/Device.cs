using System.Runtime.InteropServices;
using global::ILGPU;
using global::ILGPU.Algorithms;
using global::ILGPU.Runtime;
using global::ILGPU.Runtime.CPU;
using global::ILGPU.Runtime.Cuda;
using global::ILGPU.Runtime.OpenCL;

namespace GraphWeaver.Benchmarks.Gpu;

/// <summary>The device that is measured, in a context of its own.</summary>
internal sealed class Device : IDisposable
{
    // The simulator's own device has groups of 16; the kernels want the 256 that every GPU has.
    private static readonly CPUDevice Simulator = new(numThreadsPerWarp: 4, numWarpsPerMultiprocessor: 64, numMultiprocessors: 1);

    private readonly Context context;

    private Device(Context context)
    {
        this.context = context;
        Accelerator = context.Devices[0].CreateAccelerator(context);
    }

    public Accelerator Accelerator { get; }

    /// <summary>The device with its driver.</summary>
    public string Description => Accelerator switch
    {
        CudaAccelerator cuda => $"{cuda.Name}, {cuda.Architecture}, CUDA driver {cuda.DriverVersion}",
        CLAccelerator cl => $"{cl.Name}, {cl.Device.PlatformName}, {Ask(cl, CLDeviceInfoType.CL_DEVICE_VERSION)}, driver {Ask(cl, CLDeviceInfoType.CL_DRIVER_VERSION)}",
        _ => "ILGPU's CPU accelerator, a simulator: its times say nothing",
    };

    /// <summary>Opens the first device of a kind; null where there is none.</summary>
    public static Device? TryOpen(string kind)
    {
        // ILGPU asks for the name that only development packages install.
        NativeLibrary.SetDllImportResolver(
            typeof(Context).Assembly,
            (name, assembly, path) => name == "OpenCL" && NativeLibrary.TryLoad("libOpenCL.so.1", assembly, path, out nint handle) ? handle : 0);
        Context context = Context.Create(builder => (kind switch
        {
            "cuda" => builder.Cuda(),
            "opencl" => builder.OpenCL(),
            _ => builder.CPU(Simulator),
        }).EnableAlgorithms());

        // Where it finds none, ILGPU offers its simulator.
        AcceleratorType type = kind == "cuda" ? AcceleratorType.Cuda : kind == "opencl" ? AcceleratorType.OpenCL : AcceleratorType.CPU;
        if (context.Devices[0].AcceleratorType == type)
        {
            return new Device(context);
        }

        context.Dispose();
        return null;
    }

    public void Dispose()
    {
        Accelerator.Dispose();
        context.Dispose();
    }

    private static string Ask(CLAccelerator accelerator, CLDeviceInfoType question) => CLAPI.CurrentAPI.GetDeviceInfo(accelerator.DeviceId, question);
}
