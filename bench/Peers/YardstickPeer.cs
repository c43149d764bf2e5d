namespace GraphWeaver.Benchmarks.Peers;

/// <summary>Computes something else than the workload: only its cost is compared.</summary>
internal sealed class YardstickPeer(string name, Action action) : LocalPeer(name, action, () => [])
{
    public override double Disagreement(double[] reference) => 0;
}
