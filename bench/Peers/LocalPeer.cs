using System.Diagnostics;

namespace GraphWeaver.Benchmarks.Peers;

/// <summary>A peer in this process that leaves its result where <paramref name="read"/> finds it.</summary>
internal class LocalPeer(string name, Action action, Func<double[]> read) : Peer(name)
{
    public override double Run(int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public override double Disagreement(double[] reference) => Agreement.Distance(Values(), reference);

    public override long? AllocatedBytes()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(1);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>The elements of the last result.</summary>
    public double[] Values() => read();
}
