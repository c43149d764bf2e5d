using System.Diagnostics;
using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// How long work takes on a device and on the CPU. On a device it is the launch, the bytes to upload and to bring back, and the longer of the time to read and write the device's memory
/// and the time to compute; on the CPU it is the longer of memory and computation, with the numbers the CPU backend is tuned by. Transfers and memories, the CPU's too, are measured once, when the
/// first kernel asks, in some milliseconds; a kernel's own time on the device when it has run.
/// </summary>
internal sealed class CostModel
{
    private const int Probe = 8 << 20;

    // A float addition of a vector loop, and the bytes that all cores move together, at least.
    private const double CpuSecondsOfAddition = 0.08e-9;
    private const double CpuBytesOfAll = 40e9;

    // Additions for each byte that a device moves in the same time: GPUs have from 10 to 30 for each float.
    private const double AdditionsOfByte = 4;

    // A launch, as long as no device was measured: no driver needs less.
    private static double leastSeconds = 5e-6;

    // What one core moves: low, as long as it was not measured, so that too many kernels ask and not too few.
    private static double cpuBytesOfThread = 8e9;

    private readonly double uploadSecondsOfByte;
    private readonly double downloadSecondsOfByte;
    private readonly double deviceSecondsOfByte;

    /// <summary>Measures a device. Under its lock.</summary>
    public CostModel(Accelerator accelerator)
    {
        AcceleratorStream stream = accelerator.DefaultStream;
        using var first = accelerator.Allocate1D<byte>(Probe);
        using var second = accelerator.Allocate1D<byte>(Probe);
        byte[] host = GC.AllocateUninitializedArray<byte>(Probe, pinned: true);
        LaunchSeconds = Best(() =>
        {
            first.View.SubView(0, 256).MemSetToZero(stream);
            stream.Synchronize();
        });
        leastSeconds = LaunchSeconds;
        byte[] copy = GC.AllocateUninitializedArray<byte>(Probe);
        cpuBytesOfThread = 2.0 * Probe / Best(() => host.CopyTo(copy));
        uploadSecondsOfByte = Best(() => first.View.AsContiguous().CopyFromCPU(stream, ref host[0], Probe)) / Probe;
        downloadSecondsOfByte = Best(() => first.View.AsContiguous().CopyToCPU(stream, ref host[0], Probe)) / Probe;
        deviceSecondsOfByte = Best(() =>
        {
            second.View.CopyFrom(stream, first.View);
            stream.Synchronize();
        }) / (2.0 * Probe);
    }

    /// <summary>What the shortest kernel takes on the device.</summary>
    public double LaunchSeconds { get; }

    /// <summary>Whether work could pay on any device, or on the one that was measured, if nothing had to be moved.</summary>
    /// <param name="work">Float additions.</param>
    /// <param name="bytes">Bytes read and written.</param>
    public static bool MayPay(long work, long bytes) => CpuSeconds(work, bytes) > leastSeconds;

    /// <summary>What work takes on the CPU.</summary>
    /// <param name="work">Float additions.</param>
    /// <param name="bytes">Bytes read and written.</param>
    public static double CpuSeconds(long work, long bytes)
    {
        int threads = GraphMode.MaxThreads;
        double bytesOfSecond = Math.Min(cpuBytesOfThread * threads, Math.Max(cpuBytesOfThread, CpuBytesOfAll));
        return Math.Max(work * CpuSecondsOfAddition / threads, bytes / bytesOfSecond);
    }

    /// <summary>What work takes on the device, without the launch, of a kernel that was not measured.</summary>
    /// <param name="work">Float additions.</param>
    /// <param name="bytes">Bytes read and written.</param>
    public double DeviceSeconds(long work, long bytes) => Math.Max(bytes, work / AdditionsOfByte) * deviceSecondsOfByte;

    /// <summary>What it takes to move so many bytes.</summary>
    public double TransferSeconds(long upload, long download) => (upload * uploadSecondsOfByte) + (download * downloadSecondsOfByte);

    private static double Best(Action action)
    {
        double best = double.MaxValue;
        for (int trial = 0; trial < 4; trial++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }
}
