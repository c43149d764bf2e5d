using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Reporting;

/// <summary>
/// Compares runs with what is wanted. Noise is not a loss: a cell is missed where every run misses it, and by more than a tenth.
/// </summary>
internal static class Targets
{
    private const double Noise = 0.9;
    private const double FloorFactor = 1.3;
    private const double FirstCallSeconds = 0.030;
    private const double LastCache = 32e6;

    // No transcendental functions, and two operations or fewer for a byte.
    private static readonly string[] boundByMemory = ["layernorm", "jacobi_1d", "jacobi_2d"];

    /// <summary>One line for each thing that every run missed; the numbers are those of the last.</summary>
    public static IEnumerable<string> Missed(IReadOnlyList<RunRecord> runs) =>
        runs.Select(run => Missed(run).ToDictionary(miss => miss.What, miss => miss.How))
            .Aggregate((all, next) => next.Where(miss => all.ContainsKey(miss.Key)).ToDictionary())
            .Select(miss => $"{miss.Key}: {miss.Value}");

    private static IEnumerable<(string What, string How)> Missed(RunRecord run)
    {
        foreach (Target target in Target.All)
        {
            foreach (CellRecord cell in run.Cells.Where(cell => target.Applies(cell)))
            {
                if (cell.Ratio(target.Peer) is { } ratio && ratio < target.Cell * Noise)
                {
                    yield return ($"{cell.Workload} {cell.Size} against {target.Peer}", Wanted(ratio, target.Cell));
                }
            }

            foreach (string workload in run.Cells.Select(cell => cell.Workload).Distinct())
            {
                RunRecord applying = run with { Cells = [.. run.Cells.Where(cell => target.Applies(cell))] };
                if (Summary.GeometricMean(applying, workload, target.Peer) is { } mean && mean < target.Mean * Noise)
                {
                    yield return ($"{workload}, mean, against {target.Peer}", Wanted(mean, target.Mean!.Value));
                }
            }
        }

        foreach (CellRecord cell in run.Cells.Where(cell => boundByMemory.Contains(cell.Workload) && cell.WorkingSet > LastCache))
        {
            double? multiple = (cell.Find(PeerNames.WovenGiven) ?? cell.Find(PeerNames.Woven))?.Median / run.Floor(cell);
            if (multiple > FloorFactor / Noise)
            {
                yield return ($"{cell.Workload} {cell.Size} against the memory", Text.Invariant($"{multiple:F2} times the triad's time, wanted {FloorFactor}"));
            }
        }

        foreach (FirstCall call in run.FirstCalls.Where(call => call.First - call.Steady > FirstCallSeconds))
        {
            yield return ($"{call.Workload}, first call", $"{Text.Time(call.First - call.Steady)} more than a steady one");
        }
    }

    private static string Wanted(double ratio, double wanted) => $"{Text.Ratio(ratio)}, wanted {Text.Ratio(wanted)}";
}
