using System.Diagnostics;
using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.Benchmarks.Gpu;

/// <summary>What the device's memory gives: the floor for kernels that compute little.</summary>
internal static class CopyBandwidth
{
    private const int Elements = 1 << 25;
    private const int Copies = 10;
    private const int Rounds = 5;

    /// <summary>Bytes read and written in a second by copies on the device, the fastest of some rounds.</summary>
    public static double Measure(Accelerator accelerator)
    {
        using MemoryBuffer1D<float, Stride1D.Dense> from = accelerator.Allocate1D<float>(Elements);
        using MemoryBuffer1D<float, Stride1D.Dense> to = accelerator.Allocate1D<float>(Elements);
        from.MemSetToZero();
        ArrayView<float> source = from.View;
        ArrayView<float> target = to.View;
        double least = double.PositiveInfinity;
        for (int round = 0; round <= Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int copy = 0; copy < Copies; copy++)
            {
                source.CopyTo(accelerator.DefaultStream, target);
            }

            accelerator.DefaultStream.Synchronize();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds / Copies);
        }

        return 2.0 * sizeof(float) * Elements / least;
    }
}
