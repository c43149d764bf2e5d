using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Reporting;

/// <summary>A workload at one size.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Size">The size.</param>
/// <param name="Bytes">Bytes that a perfect implementation moves.</param>
/// <param name="WorkingSet">Bytes of inputs and results.</param>
/// <param name="Flops">Floating-point operations of matrix products, 0 where there is none.</param>
/// <param name="Tolerance">The disagreement that is rounding.</param>
/// <param name="Peers">The peers.</param>
internal sealed record CellRecord(
    string Workload, string Size, double Bytes, double WorkingSet, double Flops, double Tolerance, IReadOnlyList<PeerRecord> Peers)
{
    /// <summary>The record of a peer; null where it did not run.</summary>
    public PeerRecord? Find(string peer) => Peers.FirstOrDefault(record => record.Name == peer);

    /// <summary>
    /// The peer's time as a multiple of that of the woven way which is its like: above 1 woven is faster. Null where either did not run.
    /// </summary>
    public double? Ratio(string peer)
    {
        string like = PeerNames.Like(peer);
        PeerRecord? woven = Find(like) ?? Find(PeerNames.Returning(like));
        return Find(peer)?.Median / woven?.Median;
    }
}
