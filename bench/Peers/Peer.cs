namespace GraphWeaver.Benchmarks.Peers;

/// <summary>One way to compute a workload.</summary>
internal abstract class Peer(string name)
{
    /// <summary>Its name in <see cref="PeerNames"/>.</summary>
    public string Name => name;

    /// <summary>Computes <paramref name="calls"/> times.</summary>
    /// <returns>The seconds that took.</returns>
    public abstract double Run(int calls);

    /// <summary>How far the last result is from <paramref name="reference"/>, relative to its largest magnitude.</summary>
    public abstract double Disagreement(double[] reference);

    /// <summary>Bytes that one call leaves to the collector; null where nobody counts.</summary>
    public virtual long? AllocatedBytes() => null;
}
