using System.Diagnostics;
using GraphWeaver.Benchmarks.Peers;
using GraphWeaver.Benchmarks.Reporting;
using GraphWeaver.Benchmarks.Workloads;

namespace GraphWeaver.Benchmarks.Measuring;

/// <summary>
/// Measures the peers of a case in turn, round after round, so that a disturbance of the machine meets all of them, in another order each
/// round, so that none has always the same one before it. Before each sample the peer before it gets time to put its threads to sleep,
/// the garbage of others is collected, and an untimed call wakes this one.
/// </summary>
/// <param name="seconds">The time for all samples of a case, after the warm-up.</param>
/// <param name="mostRounds">The number of rounds after which it ends before its time.</param>
/// <param name="log">Where to say what was left out.</param>
internal sealed class Measurement(double seconds, int mostRounds, TextWriter log)
{
    private const double SampleSeconds = 0.5e-3;
    private const double WarmUpSeconds = 0.15;
    private const double LongCall = 2.5;
    private const double WarmCall = 0.04;
    private const int LeastRounds = 3;

    // The threads of OpenMP (gcc, torch, Numba) spin for seven to eight milliseconds before they sleep.
    private const int PauseMilliseconds = 10;
    private const int OrderSeed = 1;

    /// <summary>Measures the peers that <paramref name="wanted"/> takes.</summary>
    public IReadOnlyList<Samples> Run(Case @case, Predicate<string> wanted)
    {
        IReadOnlyList<Samples> all = Start(@case, wanted);
        foreach (Samples samples in all)
        {
            if (samples.Estimate < LongCall)
            {
                samples.Estimate = Math.Min(samples.Estimate, WarmUp(@case, samples.Peer, WarmUpSeconds));
            }
        }

        var order = new Random(OrderSeed);
        long start = Environment.TickCount64;
        for (int round = 0; round < mostRounds && (round < LeastRounds || Environment.TickCount64 - start < seconds * 1000); round++)
        {
            Samples[] turns = [.. all.Where(samples => IsDue(samples, round))];
            order.Shuffle(turns);
            foreach (Samples samples in turns)
            {
                Thread.Sleep(PauseMilliseconds);
                GC.Collect();
                if (samples.Estimate < WarmCall)
                {
                    Timed(@case, samples.Peer, 1);
                }

                int calls = @case.Reset is null ? Math.Max(1, (int)(SampleSeconds / samples.Estimate)) : 1;
                samples.Add(Timed(@case, samples.Peer, calls));
            }
        }

        return all;
    }

    /// <summary>
    /// Calls a peer for the given time, since compilation in tiers needs calls and, in the background, time. Batches grow until the clock
    /// can tell their length.
    /// </summary>
    /// <returns>Seconds of a call in the fastest batch.</returns>
    public static double WarmUp(Case @case, Peer peer, double seconds)
    {
        double least = double.PositiveInfinity;
        int calls = 1;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;)
        {
            double time = Timed(@case, peer, calls);
            if (time * calls < SampleSeconds && @case.Reset is null)
            {
                calls *= 2;
            }
            else
            {
                least = Math.Min(least, time);
            }
        }

        return least;
    }

    // What takes long is asked less often: it is also disturbed less.
    private bool IsDue(Samples samples, int round) =>
        samples.Estimate < LongCall
            ? round < LeastRounds || samples.Estimate < seconds / 10
            : round == 0;

    private IReadOnlyList<Samples> Start(Case @case, Predicate<string> wanted)
    {
        Timed(@case, @case.Reference, 1);
        double[] expected = @case.Reference.Values();
        var all = new List<Samples>();
        foreach (Peer peer in @case.Peers.Where(peer => wanted(peer.Name)))
        {
            try
            {
                Timed(@case, peer, 1);
                double disagreement = peer.Disagreement(expected);
                if (!(disagreement <= @case.Tolerance))
                {
                    log.WriteLine($"DISAGREES: {peer.Name} on {@case.Workload} {@case.Size} by {disagreement:E1}");
                }

                @case.Reset?.Invoke();
                long? allocated = peer.AllocatedBytes();
                all.Add(new Samples(peer, Timed(@case, peer, 1), disagreement, allocated));
            }
            catch (PeerException e)
            {
                log.WriteLine($"left out: {peer.Name} on {@case.Workload} {@case.Size}: {e.Message}");
            }
        }

        return all;
    }

    private static double Timed(Case @case, Peer peer, int calls)
    {
        @case.Reset?.Invoke();
        return peer.Run(calls) / calls;
    }
}
