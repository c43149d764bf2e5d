using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Reporting;

/// <summary>
/// Writes what a run found into <c>docs/benchmarks.md</c>, between its two marks, and the pictures beside it. The text around the marks
/// is written by people. Given several runs, the tables are the last one's, and what is missed is what all of them missed.
/// </summary>
internal static class Documentation
{
    private const string Start = "<!-- From here on written by `dotnet run -c Release --project bench -- document`. -->";
    private const string End = "<!-- To here. -->";

    private static readonly string[] pictured =
    [
        PeerNames.Eager, PeerNames.Primitives, PeerNames.PrimitivesTiled, PeerNames.LoopOneThread, PeerNames.Loop, PeerNames.LoopGiven,
        PeerNames.LoopFast, PeerNames.Gcc, PeerNames.GccFast, PeerNames.OpenBlas, PeerNames.NumPy, PeerNames.NumExpr, PeerNames.Numba,
        PeerNames.NumbaFast, PeerNames.Torch, PeerNames.TorchJit, PeerNames.TorchNative,
    ];

    public static void Write(IReadOnlyList<RunRecord> runs)
    {
        string folder = Path.Combine(RepositoryRoot.Find(), "docs");
        string page = Path.Combine(folder, "benchmarks.md");
        string pictures = Path.Combine(folder, "benchmarks");
        Directory.CreateDirectory(pictures);
        foreach (string old in Directory.GetFiles(pictures, "*.svg"))
        {
            File.Delete(old);
        }

        RunRecord run = runs[^1];
        string[] workloads = [.. run.Cells.Select(cell => cell.Workload).Distinct()];
        foreach (string workload in workloads)
        {
            File.WriteAllText(Path.Combine(pictures, workload + ".svg"), Picture(run, workload));
        }

        string text = File.ReadAllText(page);
        int from = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        int to = text.IndexOf(End, StringComparison.Ordinal);
        File.WriteAllText(page, $"{text[..from]}\n\n{DocumentationText.Of(runs)}\n{text[to..]}");
        run.Write(Path.Combine(pictures, "run.json"));
    }

    private static string Picture(RunRecord run, string workload)
    {
        CellRecord[] cells = [.. run.Cells.Where(cell => cell.Workload == workload)];
        string[] peers = [.. pictured.Where(peer => cells.Any(cell => cell.Ratio(peer) is not null))];
        var chart = new BarChart(
            $"{workload}: the peer's time as a multiple of woven's (right of 1 woven is faster)",
            [.. cells.Select(cell => cell.Size)],
            [.. peers.Select(peer => (peer, cells.Select(cell => cell.Ratio(peer)).ToArray()))]);
        return chart.ToSvg();
    }
}
