using System.Diagnostics;
using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// Whether a kernel is sooner done on a device. There it takes the launch, the bytes to upload and to bring back, and the longer of the time to read and write the device's memory
/// and the time to compute; the transfers and the memory are measured once, when the first kernel asks, in some milliseconds. On the CPU it takes the longer of memory and computation
/// with the numbers the CPU backend is tuned by. Tensors that are on the device already cost nothing: so the chain goes on where it has begun.
/// </summary>
internal sealed class CostModel
{
    private const int Probe = 8 << 20;

    // A float addition of a vector loop, and the bytes that one core and that all cores move.
    private const double CpuSecondsOfAddition = 0.08e-9;
    private const double CpuBytesOfThread = 8e9;
    private const double CpuBytesOfAll = 40e9;

    // Additions for each byte that a device moves in the same time: GPUs have from 10 to 30 for each float.
    private const double AdditionsOfByte = 4;

    private readonly double launchSeconds;
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
        launchSeconds = Best(() =>
        {
            first.View.SubView(0, 256).MemSetToZero(stream);
            stream.Synchronize();
        });
        uploadSecondsOfByte = Best(() => first.View.AsContiguous().CopyFromCPU(stream, ref host[0], Probe)) / Probe;
        downloadSecondsOfByte = Best(() => first.View.AsContiguous().CopyToCPU(stream, ref host[0], Probe)) / Probe;
        deviceSecondsOfByte = Best(() =>
        {
            second.View.CopyFrom(stream, first.View);
            stream.Synchronize();
        }) / (2.0 * Probe);
    }

    /// <summary>Whether the device is sooner done.</summary>
    /// <param name="work">Float additions.</param>
    /// <param name="bytes">Bytes read and written.</param>
    /// <param name="upload">Bytes that are not on the device.</param>
    /// <param name="download">Bytes that have to come back.</param>
    public bool Pays(long work, long bytes, long upload, long download)
    {
        double device = launchSeconds + (upload * uploadSecondsOfByte) + (download * downloadSecondsOfByte)
            + Math.Max(bytes * deviceSecondsOfByte, work * deviceSecondsOfByte / AdditionsOfByte);
        int threads = GraphMode.MaxThreads;
        double cpu = Math.Max(work * CpuSecondsOfAddition / threads, bytes / Math.Min(CpuBytesOfThread * threads, CpuBytesOfAll));
        return device < cpu;
    }

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
