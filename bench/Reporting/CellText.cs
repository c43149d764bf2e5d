using System.Text;
using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Reporting;

/// <summary>A cell for the console.</summary>
internal static class CellText
{
    public static string Of(CellRecord cell)
    {
        var text = new StringBuilder($"{cell.Workload} {cell.Size}\n");
        foreach (PeerRecord peer in cell.Peers)
        {
            string allocated = peer.Allocated is { } bytes ? Text.Invariant($"{bytes:N0} B") : "";
            string flag = peer.Disagreement <= cell.Tolerance ? "" : "  DISAGREES";
            string like = PeerNames.Like(peer.Name);
            text.Append(Text.Invariant($"  {peer.Name,-34}{Text.Time(peer.Median),10}  min {Text.Time(peer.Minimum),9}"));
            text.Append(Text.Invariant($"  {Text.Ratio(cell.Ratio(peer.Name)),7} x {(cell.Find(like) is null ? PeerNames.Returning(like) : like),-30}"));
            text.Append(Text.Invariant($"{peer.Samples,4} samples  {allocated,15}{flag}\n"));
        }

        return text.ToString();
    }
}
