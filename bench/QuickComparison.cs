using System.Diagnostics;
using System.Globalization;

namespace GraphWeaver.Benchmarks;

/// <summary>
/// The same ways in a few seconds, for a first look and for noisy machines: they take turns, round after round, so that a
/// disturbance meets all of them, and the median round of each is printed with its ratio to the woven one.
/// </summary>
internal static class QuickComparison
{
    private const int Rounds = 21;
    private static readonly TimeSpan warmUp = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan roundTime = TimeSpan.FromMilliseconds(8);

    /// <summary>Measures every way at every size and prints the table.</summary>
    public static void Run()
    {
        foreach (int size in (int[])[16, 1024, 1 << 20])
        {
            var gelu = new GeluBenchmarks { Size = size };
            gelu.Setup();
            Way[] ways =
            [
                new("woven", () => gelu.Woven()),
                new("eager Tensor<T>", () => gelu.Eager()),
                new("TensorPrimitives, given buffer", gelu.Primitives),
                new("scalar loop, given buffer", gelu.Scalar),
                new("hand-written, fresh result", () => gelu.HandWrittenFresh()),
                new("hand-written, given buffer", gelu.HandWrittenInto),
            ];
            Measure(ways);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"GELU of {size:N0} floats"));
            foreach (Way way in ways)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {way.Name,-32} {way.Median * 1e6,12:F2} us   {way.Median / ways[0].Median,8:F2} x   {way.AllocatedBytes,12:N0} B"));
            }
        }
    }

    private static void Measure(Way[] ways)
    {
        foreach (Way way in ways)
        {
            way.Calibrate(warmUp, roundTime);
        }

        for (int round = 0; round < Rounds; round++)
        {
            foreach (Way way in ways)
            {
                way.RunRound();
            }
        }
    }

    private sealed class Way(string name, Action action)
    {
        private readonly List<double> seconds = [];
        private int callsPerRound;

        public string Name => name;

        public long AllocatedBytes { get; private set; }

        public double Median => seconds.Order().ElementAt(seconds.Count / 2);

        public void Calibrate(TimeSpan warmUp, TimeSpan roundTime)
        {
            // Background compilation of hot methods needs calls and time, so the second half of the warm-up sets the count.
            CallsWithin(warmUp);
            callsPerRound = Math.Max(1, (int)(CallsWithin(warmUp) * roundTime.TotalSeconds / warmUp.TotalSeconds));
            long before = GC.GetTotalAllocatedBytes(precise: true);
            action();
            AllocatedBytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        public void RunRound()
        {
            // The garbage of the way before is not this one's to collect, and the memory that it dropped is not this one's to find.
            GC.Collect();
            RunCalls();
            seconds.Add(RunCalls() / callsPerRound);
        }

        private double RunCalls()
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < callsPerRound; call++)
            {
                action();
            }

            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        private int CallsWithin(TimeSpan time)
        {
            int calls = 0;
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time; calls++)
            {
                action();
            }

            return calls;
        }
    }
}
