namespace GraphWeaver.Benchmarks.Peers;

/// <summary>A woven method under given switches: as built, on one thread, or eager, which is the same source unwoven.</summary>
internal sealed class WovenPeer(string name, Action action, Func<double[]> read, ExecutionMode mode, int threads)
    : LocalPeer(name, action, read)
{
    public override double Run(int calls)
    {
        int before = GraphMode.MaxThreads;
        GraphMode.Current = mode;
        GraphMode.MaxThreads = Math.Min(threads, before);
        try
        {
            return base.Run(calls);
        }
        finally
        {
            GraphMode.Current = ExecutionMode.Graph;
            GraphMode.MaxThreads = before;
        }
    }
}
