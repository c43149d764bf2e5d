using System.Text;
using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Reporting;

/// <summary>The generated part of <c>docs/benchmarks.md</c>.</summary>
internal static class DocumentationText
{
    public static string Of(IReadOnlyList<RunRecord> runs)
    {
        RunRecord run = runs[^1];
        string[] workloads = [.. run.Cells.Select(cell => cell.Workload).Distinct()];
        var text = new StringBuilder();
        Condition(text, run);
        Means(text, run, workloads);
        FirstCalls(text, run);
        List(text, "Wanted and not reached", Targets.Missed(runs), "All that is wanted was reached.");
        foreach (string workload in workloads)
        {
            Cells(text, run, workload);
        }

        return text.ToString();
    }

    private static void Condition(StringBuilder text, RunRecord run)
    {
        text.Append("### The run\n\n");
        text.Append(Text.Invariant($"{run.Started:yyyy-MM-dd HH:mm} UTC, options `{run.Command}`. {run.Machine}. {run.Software}. "));
        if (run.LoadBefore is { } before)
        {
            text.Append(Text.Invariant($"Load average before the run {before:F1}, at its end {run.LoadAfter:F1}"));
            text.Append(before > 0.5 ? ": **a machine in use; read no number of this run as a result.**" : ".");
        }

        text.Append("\n\n");
        List(text, "Peers that were not there", run.Absent, "All peers were there.");
        text.Append("| triad over | on two threads |\n|---|---|\n");
        foreach (Bandwidth bandwidth in run.Bandwidths)
        {
            text.Append(Text.Invariant($"| {bandwidth.WorkingSet / 1e6:F1} MB | {bandwidth.BytesPerSecond / 1e9:F0} GB/s |\n"));
        }

        text.Append('\n');
    }

    private static void Means(StringBuilder text, RunRecord run, string[] workloads)
    {
        text.Append("### Geometric means over the sizes\n\nThe peer's time as a multiple of its woven like's: above 1 woven is faster.\n\n");
        text.Append($"| peer | {string.Join(" | ", workloads)} |\n|---|{string.Concat(workloads.Select(_ => "---|"))}\n");
        foreach (string peer in PeerNames.All)
        {
            string[] means = [.. workloads.Select(workload => Text.Ratio(Summary.GeometricMean(run, workload, peer)))];
            if (means.Any(mean => mean.Length > 0))
            {
                text.Append($"| {peer} | {string.Join(" | ", means)} |\n");
            }
        }

        text.Append('\n');
    }

    private static void FirstCalls(StringBuilder text, RunRecord run)
    {
        text.Append("### First calls in fresh processes\n\n| workload, smallest size | first call | steady call |\n|---|---|---|\n");
        foreach (FirstCall call in run.FirstCalls)
        {
            text.Append($"| {call.Workload} | {Text.Time(call.First)} | {Text.Time(call.Steady)} |\n");
        }

        text.Append('\n');
    }

    private static void Cells(StringBuilder text, RunRecord run, string workload)
    {
        CellRecord[] cells = [.. run.Cells.Where(cell => cell.Workload == workload)];
        text.Append($"### {workload}\n\n![Ratios of {workload}](benchmarks/{workload}.svg)\n\nMedian of a call, in brackets the multiple of its woven like's.\n\n");
        text.Append($"| peer | {string.Join(" | ", cells.Select(cell => cell.Size))} | allocated |\n|---|{string.Concat(cells.Select(_ => "---|"))}---|\n");
        foreach (string peer in PeerNames.All.Where(peer => cells.Any(cell => cell.Find(peer) is not null)))
        {
            IEnumerable<string> times = cells.Select(cell =>
                cell.Find(peer) is { } record ? $"{Text.Time(record.Median)} ({Text.Ratio(cell.Ratio(peer))})" : "");
            string allocated = cells[^1].Find(peer)?.Allocated is { } bytes ? Text.Invariant($"{bytes:N0} B") : "";
            text.Append($"| {peer} | {string.Join(" | ", times)} | {allocated} |\n");
        }

        text.Append($"| *the memory's floor* | {string.Join(" | ", cells.Select(cell => Text.Time(run.Floor(cell))))} | |\n\n");
    }

    private static void List(StringBuilder text, string heading, IEnumerable<string> lines, string none)
    {
        string[] all = [.. lines];
        text.Append(all.Length == 0 ? $"{none}\n\n" : $"{heading}:\n\n{string.Concat(all.Select(line => $"- {line}\n"))}\n");
    }
}
