using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Benchmarks.Loops;
using GraphWeaver.Benchmarks.Reporting;

namespace GraphWeaver.Benchmarks.Measuring;

/// <summary>The speed of the memory, after McCalpin's STREAM: a = b + 3 c over arrays that fit one cache or the next, on two threads.</summary>
internal static class Triad
{
    private static readonly int[] lengths = [1 << 15, 1 << 19, 1 << 21, 1 << 24];

    public static IReadOnlyList<Bandwidth> Measure() => [.. lengths.Select(Measure)];

    private static Bandwidth Measure(int length)
    {
        double bytes = 3.0 * sizeof(double) * length;
        (double[] a, double[] b, double[] c) = (new double[length], new double[length], new double[length]);
        Array.Fill(b, 1);
        Array.Fill(c, 2);
        int calls = Math.Max(1, (1 << 23) / length);
        double best = double.PositiveInfinity;
        for (int sample = 0; sample < 12; sample++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
            {
                SecondThread.Split(2, length, Vector512<double>.Count, (from, to) => Loop(a, b, c, from, to));
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / calls);
        }

        return new Bandwidth(bytes, bytes / best);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop(double[] a, double[] b, double[] c, int start, int end)
    {
        ref double target = ref MemoryMarshal.GetArrayDataReference(a);
        ref double first = ref MemoryMarshal.GetArrayDataReference(b);
        ref double second = ref MemoryMarshal.GetArrayDataReference(c);
        Vector512<double> factor = Vector512.Create(3.0);
        for (nuint i = (nuint)start; i < (nuint)end; i += (nuint)Vector512<double>.Count)
        {
            Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref second, i), Vector512.LoadUnsafe(ref first, i)).StoreUnsafe(ref target, i);
        }
    }
}
