using global::ILGPU.Runtime;
using GraphWeaver.Benchmarks.Gpu.Peers;
using GraphWeaver.Benchmarks.Gpu.Workloads;
using GraphWeaver.Benchmarks.Measuring;

namespace GraphWeaver.Benchmarks.Gpu;

/// <summary>Every wanted workload at every wanted size on one device, printed as it comes.</summary>
internal static class GpuProgram
{
    private static int Main(string[] arguments)
    {
        try
        {
            Run(GpuOptions.Parse(arguments));
            return 0;
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine($"{e.Message}\n{GpuOptions.Help}");
            return 1;
        }
    }

    private static void Run(GpuOptions options)
    {
        using Device? device = Device.TryOpen(options.Device);
        if (device is null)
        {
            Console.WriteLine($"This machine has no {options.Device} device that ILGPU can use.");
            return;
        }

        GraphMode.Backend = options.Device switch { "cuda" => Backend.Cuda, "opencl" => Backend.OpenCL, _ => Backend.Simulator };
        Console.WriteLine($"{device.Description}\n{Machine.Description()}\n{Machine.Software()}");
        double copy = CopyBandwidth.Measure(device.Accelerator);
        Console.WriteLine(Text.Invariant($"a copy on the device: {copy / 1e9:F0} GB/s read and written"));
        foreach (DeviceWorkload workload in AllDeviceWorkloads.List.Where(workload => options.TakesWorkload(workload.Name)))
        {
            foreach (string size in workload.Sizes.Where(options.TakesSize))
            {
                using DeviceCase @case = workload.Create(size, device.Accelerator);
                Console.WriteLine(DeviceCellText.Of(@case, new DeviceMeasurement(options.Seconds).Run(@case), copy));
            }
        }
    }
}
