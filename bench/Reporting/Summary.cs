using System.Text;
using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Reporting;

/// <summary>A run in short: geometric means over the sizes of each workload, first calls, and what is wanted but not reached.</summary>
internal static class Summary
{
    public static string Of(RunRecord run)
    {
        var text = new StringBuilder("Geometric means over the sizes: the peer's time as a multiple of its woven like's (above 1 woven is faster)\n");
        foreach (string workload in run.Cells.Select(cell => cell.Workload).Distinct())
        {
            text.Append($"{workload}\n");
            foreach (string peer in PeerNames.All)
            {
                if (GeometricMean(run, workload, peer) is { } mean)
                {
                    text.Append(Text.Invariant($"  {peer,-34}{Text.Ratio(mean),8}\n"));
                }
            }
        }

        text.Append("First calls in fresh processes\n");
        foreach (FirstCall call in run.FirstCalls)
        {
            text.Append(Text.Invariant($"  {call.Workload,-24}{Text.Time(call.First),10}, steady {Text.Time(call.Steady)}\n"));
        }

        IReadOnlyList<string> missed = [.. Targets.Missed([run])];
        text.Append(missed.Count == 0 ? "All that is wanted was reached\n" : "Wanted and not reached\n");
        text.AppendJoin("", missed.Select(line => $"  {line}\n"));
        return text.ToString();
    }

    /// <summary>
    /// The geometric mean of a peer's ratios in a workload; null where it has none. A tiny size, which is about the cost of a call, does not count.
    /// </summary>
    public static double? GeometricMean(RunRecord run, string workload, string peer)
    {
        double[] ratios =
        [
            .. run.Cells.Where(cell => cell.Workload == workload && cell.Size != "tiny").Select(cell => cell.Ratio(peer)).Where(ratio => ratio is not null).Select(ratio => ratio!.Value),
        ];
        return ratios.Length == 0 ? null : Math.Exp(ratios.Average(Math.Log));
    }
}
