using GraphWeaver.Benchmarks.Measuring;
using GraphWeaver.Benchmarks.Peers;
using GraphWeaver.Benchmarks.Reporting;
using GraphWeaver.Benchmarks.Workloads;

namespace GraphWeaver.Benchmarks;

/// <summary>The whole run: every wanted cell with every peer that is there, printed as it comes.</summary>
internal static class Comparison
{
    private const int MostRounds = 41;

    public static void Run(Options options)
    {
        // The hand-written loops have two threads, so nobody gets more.
        GraphMode.MaxThreads = Math.Min(GraphMode.MaxThreads, 2);
        DateTime started = DateTime.UtcNow;
        double? load = Machine.Load();
        using Surroundings surroundings = Surroundings.Search();
        Console.WriteLine($"{Machine.Description()}\n{Machine.Software()}");
        foreach (string line in surroundings.Absent)
        {
            Console.WriteLine($"left out: {line}");
        }

        IReadOnlyList<Bandwidth> bandwidths = Triad.Measure();
        foreach (Bandwidth bandwidth in bandwidths)
        {
            Console.WriteLine(Text.Invariant($"triad over {bandwidth.WorkingSet / 1e6:F1} MB: {bandwidth.BytesPerSecond / 1e9:F0} GB/s"));
        }

        Workload[] workloads = [.. AllWorkloads.List.Where(workload => options.TakesWorkload(workload.Name))];
        var cells = new List<CellRecord>();
        foreach (Workload workload in workloads)
        {
            foreach (string size in workload.Sizes.Where(options.TakesSize))
            {
                cells.Add(Measure(workload, size, surroundings, options));
                Console.WriteLine(CellText.Of(cells[^1]));
            }
        }

        IReadOnlyList<FirstCall> firstCalls = FirstCalls.Measure(workloads);
        var run = new RunRecord(
            Text.Invariant($"--seconds {options.Seconds}"),
            started,
            Machine.Description(),
            Machine.Software(),
            load,
            Machine.Load(),
            surroundings.Absent,
            bandwidths,
            firstCalls,
            cells);
        Console.WriteLine(Summary.Of(run));
        if (options.Json is not null)
        {
            run.Write(options.Json);
        }
    }

    private static CellRecord Measure(Workload workload, string size, Surroundings surroundings, Options options)
    {
        using Case @case = workload.Create(size, surroundings);
        IReadOnlyList<Samples> samples = new Measurement(options.Seconds, MostRounds, Console.Out).Run(@case, options.TakesPeer);
        return new CellRecord(
            workload.Name,
            size,
            @case.Bytes,
            @case.WorkingSet,
            @case.Flops,
            @case.Tolerance,
            [.. samples.Select(s => s.Record()).OrderBy(record => PeerNames.Place(record.Name))]);
    }
}
