using System.Globalization;
using GraphWeaver.Benchmarks.Measuring;
using GraphWeaver.Benchmarks.Peers;
using GraphWeaver.Benchmarks.Workloads;

namespace GraphWeaver.Benchmarks.Regressions;

/// <summary>
/// Woven against the hand-written loop in a few cells, compared with the ratios recorded in <c>bench/regressions.txt</c>. Both run on one
/// thread, which a busy machine disturbs least. What looks slower is measured again, longer, before it is reported. It reports and never fails: a machine in use is no judge.
/// </summary>
internal static class RegressionCheck
{
    private const double Slower = 1.2;
    private const double Seconds = 2;
    private const double SecondsAgain = 3;

    private static readonly string recorded = Path.Combine(RepositoryRoot.Find(), "bench", "regressions.txt");

    private static readonly (string Workload, string Size)[] cells =
    [
        ("gelu_chain", "small"),
        ("black_scholes_float", "small"),
        ("black_scholes_double", "small"),
        ("arc_distance", "small"),
        ("softmax", "small"),
        ("layernorm", "small"),
        ("jacobi_1d", "small"),
        ("jacobi_2d", "small"),
        ("mlp", "small"),
        ("mlp_batch", "small"),
        ("matmul", "512"),
    ];

    /// <summary>Measures and reports, or measures and records.</summary>
    public static void Run(bool record)
    {
        if (record)
        {
            string condition = Text.Invariant($"# Recorded {DateTime.UtcNow:yyyy-MM-dd}, {Machine.Description()}, load average {Machine.Load():F1}.");
            File.WriteAllLines(recorded, [condition, .. cells.Select(cell => Line(cell, Measure(cell, SecondsAgain)))]);
            return;
        }

        int slower = 0;
        foreach (((string, string) cell, double before) in File.ReadAllLines(recorded).Where(line => !line.StartsWith('#')).Select(Parse))
        {
            double now = Measure(cell, Seconds);
            if (now > before * Slower)
            {
                now = Math.Min(now, Measure(cell, SecondsAgain));
            }

            if (now > before * Slower)
            {
                slower++;
                Console.WriteLine(Text.Invariant($"slower: {cell.Item1} {cell.Item2}: {now:F2} times the hand-written loop's time, recorded {before:F2}"));
            }
        }

        Console.WriteLine($"speed: {cells.Length} cells measured, {slower} slower than recorded by more than {Slower - 1:P0}");
    }

    // The ratio of the fastest samples: of many short ones, a few are undisturbed even on a busy machine.
    private static double Measure((string Workload, string Size) cell, double seconds)
    {
        Workload workload = AllWorkloads.List.Single(candidate => candidate.Name == cell.Workload);
        using Case @case = workload.Create(cell.Size, Surroundings.None);
        IReadOnlyList<Samples> samples = new Measurement(seconds, int.MaxValue, Console.Out)
            .Run(@case, name => name is PeerNames.WovenOneThread or PeerNames.LoopOneThread);
        double Fastest(string name) => samples.Single(s => s.Peer.Name == name).Seconds.Min();
        return Fastest(PeerNames.WovenOneThread) / Fastest(PeerNames.LoopOneThread);
    }

    private static string Line((string Workload, string Size) cell, double ratio) => Text.Invariant($"{cell.Workload} {cell.Size} {ratio:F2}");

    private static ((string Workload, string Size) Cell, double Ratio) Parse(string line)
    {
        string[] parts = line.Split(' ');
        return ((parts[0], parts[1]), double.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}
