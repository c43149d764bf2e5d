using System.Globalization;

namespace GraphWeaver.Benchmarks.Gpu;

/// <summary>What the command line asks for.</summary>
/// <param name="Device">opencl, cuda, or cpu: ILGPU's simulator, for correctness only.</param>
/// <param name="Workloads">Names of workloads; all where empty.</param>
/// <param name="Sizes">Names of sizes; all where empty.</param>
/// <param name="Seconds">The time for the samples of one peer.</param>
internal sealed record GpuOptions(string Device, IReadOnlyList<string> Workloads, IReadOnlyList<string> Sizes, double Seconds)
{
    public const string Help = """
        dotnet run -c Release --project bench/Gpu -- [OPTIONS]
            --device opencl|cuda|cpu         cpu is ILGPU's simulator: agreement only, its times say nothing
            --workloads gelu_chain,softmax   --sizes tiny,small,medium,large
            --seconds 0.5                    the time for the samples of one peer, resident and with transfers each
        """;

    /// <summary>Reads pairs of an option and its value.</summary>
    /// <exception cref="FormatException">There is an option that is none.</exception>
    public static GpuOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new GpuOptions("opencl", [], [], 0.5);
        for (int i = 0; i < arguments.Count; i += 2)
        {
            string value = i + 1 < arguments.Count ? arguments[i + 1] : throw new FormatException($"{arguments[i]} has no value");
            options = (arguments[i], value) switch
            {
                ("--device", "opencl" or "cuda" or "cpu") => options with { Device = value },
                ("--workloads", _) => options with { Workloads = value.Split(',') },
                ("--sizes", _) => options with { Sizes = value.Split(',') },
                ("--seconds", _) => options with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                _ => throw new FormatException($"unknown option {arguments[i]} {value}"),
            };
        }

        return options;
    }

    public bool TakesWorkload(string name) => Workloads.Count == 0 || Workloads.Contains(name);

    public bool TakesSize(string name) => Sizes.Count == 0 || Sizes.Contains(name);
}
