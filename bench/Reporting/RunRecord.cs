using System.Text.Json;

namespace GraphWeaver.Benchmarks.Reporting;

/// <summary>Everything one run found, and the state of the machine it ran on.</summary>
/// <param name="Command">The options of the run.</param>
/// <param name="Started">When, in UTC.</param>
/// <param name="Machine">The processor and its number.</param>
/// <param name="Software">The versions of .NET and of the tensor library.</param>
/// <param name="LoadBefore">Processes that wanted to run, as an average over the minute before; null where the system does not say.</param>
/// <param name="LoadAfter">The same at the end, the run's own threads included.</param>
/// <param name="Absent">The peers that were not there, and why.</param>
/// <param name="Bandwidths">The memory's speed at several sizes.</param>
/// <param name="FirstCalls">The first calls.</param>
/// <param name="Cells">The cells.</param>
internal sealed record RunRecord(
    string Command,
    DateTime Started,
    string Machine,
    string Software,
    double? LoadBefore,
    double? LoadAfter,
    IReadOnlyList<string> Absent,
    IReadOnlyList<Bandwidth> Bandwidths,
    IReadOnlyList<FirstCall> FirstCalls,
    IReadOnlyList<CellRecord> Cells)
{
    private static readonly JsonSerializerOptions options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static RunRecord Read(string path) => JsonSerializer.Deserialize<RunRecord>(File.ReadAllText(path), options)!;

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, options) + "\n");

    /// <summary>The least seconds in which the memory can move a cell's bytes: by the triad whose arrays are next above its working set.</summary>
    public double Floor(CellRecord cell)
    {
        Bandwidth nearest = Bandwidths.OrderBy(b => b.WorkingSet).FirstOrDefault(b => b.WorkingSet >= cell.WorkingSet) ?? Bandwidths.MaxBy(b => b.WorkingSet)!;
        return cell.Bytes / nearest.BytesPerSecond;
    }
}
