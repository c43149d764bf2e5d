using System.Globalization;

namespace GraphWeaver.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Workloads">Names of workloads; all where empty.</param>
/// <param name="Sizes">Names of sizes; all where empty.</param>
/// <param name="Peers">Beginnings of the names of peers; all where empty.</param>
/// <param name="Seconds">The time for the samples of a cell.</param>
/// <param name="Json">Where to write the record of the run; null to write none.</param>
internal sealed record Options(
    IReadOnlyList<string> Workloads, IReadOnlyList<string> Sizes, IReadOnlyList<string> Peers, double Seconds, string? Json)
{
    public const string Help = """
        dotnet run -c Release --project bench -- [OPTIONS]            all peers side by side, ratios printed
            --workloads gelu_chain,softmax   --sizes small,large   --peers woven,loop,gcc   (beginnings of names)
            --seconds 3                      the time for the samples of one cell
            --json run.json                  the record of the run, for 'document'
        dotnet run -c Release --project bench -- document RUN.json... writes the tables and pictures of docs/benchmarks.md
        dotnet run -c Release --project bench -- regressions [--record]   woven against the loops in short, see bench/regressions
        """;

    /// <summary>Reads pairs of an option and its value.</summary>
    /// <exception cref="FormatException">There is an option that is none.</exception>
    public static Options Parse(IReadOnlyList<string> arguments)
    {
        var options = new Options([], [], [], 3, null);
        for (int i = 0; i < arguments.Count; i += 2)
        {
            string value = i + 1 < arguments.Count ? arguments[i + 1] : throw new FormatException($"{arguments[i]} has no value");
            options = arguments[i] switch
            {
                "--workloads" => options with { Workloads = value.Split(',') },
                "--sizes" => options with { Sizes = value.Split(',') },
                "--peers" => options with { Peers = value.Split(',') },
                "--seconds" => options with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "--json" => options with { Json = value },
                _ => throw new FormatException($"unknown option {arguments[i]}"),
            };
        }

        return options;
    }

    public bool TakesWorkload(string name) => Workloads.Count == 0 || Workloads.Contains(name);

    public bool TakesSize(string name) => Sizes.Count == 0 || Sizes.Contains(name);

    public bool TakesPeer(string name) => Peers.Count == 0 || Peers.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}
