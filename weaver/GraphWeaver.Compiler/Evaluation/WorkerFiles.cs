using System.Globalization;
using System.Text;

namespace GraphWeaver.Compiler.Evaluation;

/// <summary>
/// The files workers are started with, in a temporary directory of their own: a runtime configuration that names the
/// project's frameworks and the limits, and a time zone no place on Earth has. Gone with <see cref="Dispose"/>.
/// </summary>
internal sealed class WorkerFiles : IDisposable
{
    private const int ZoneOffsetSeconds = (5 * 3600) + (7 * 60);
    private const int LowestMajor = 10;
    private readonly string directory;

    public WorkerFiles(EvaluatorOptions options)
    {
        directory = Path.Combine(Path.GetTempPath(), "graphweaver-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(directory);
        RuntimeConfiguration = Path.Combine(directory, "worker.runtimeconfig.json");
        TimeZone = Path.Combine(directory, "zone");
        File.WriteAllText(RuntimeConfiguration, Configuration(options));
        File.WriteAllBytes(TimeZone, Zone());
    }

    public string RuntimeConfiguration { get; }

    /// <summary>A compiled time zone file for Unix's TZ; Windows has no such variable.</summary>
    public string TimeZone { get; }

    public void Dispose()
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (IOException)
        {
            // A worker that is still dying may hold a file on Windows; the system clears its temporary directory.
        }
        catch (UnauthorizedAccessException)
        {
        }
    }

    private static string Configuration(EvaluatorOptions options)
    {
        var frameworks = string.Join(",", options.Frameworks.Select(Framework));
        var memory = options.MemoryLimit.ToString(CultureInfo.InvariantCulture);
        return $$"""
            {
              "runtimeOptions": {
                "rollForward": "Major",
                "frameworks": [{{frameworks}}],
                "configProperties": {
                  "System.GC.Server": false,
                  "System.GC.Concurrent": false,
                  "System.GC.HeapHardLimit": {{memory}},
                  "System.Runtime.TieredPGO": false
                }
              }
            }
            """;
    }

    private static string Framework(string framework)
    {
        var parts = framework.Split('/');
        var version = parts.Length > 1 ? parts[1] : "";
        var major = int.TryParse(version.Split('.')[0], out var number) ? number : 0;
        // The worker itself needs this runtime, whatever the project targets.
        return $$"""{ "name": "{{parts[0]}}", "version": "{{(major < LowestMajor ? LowestMajor + ".0.0" : version)}}" }""";
    }

    /// <summary>RFC 8536, version 1: no transitions, one local time type, an abbreviation of three letters.</summary>
    private static byte[] Zone()
    {
        using var stream = new MemoryStream();
        stream.Write(Encoding.ASCII.GetBytes("TZif"), 0, 4);
        stream.Write(new byte[16], 0, 16);
        foreach (var count in new[] { 0, 0, 0, 0, 1, 4 })
        {
            stream.Write([0, 0, 0, (byte)count], 0, 4);
        }

        stream.Write([0, ZoneOffsetSeconds >> 16, (ZoneOffsetSeconds >> 8) & 255, ZoneOffsetSeconds & 255, 0, 0], 0, 6);
        stream.Write(Encoding.ASCII.GetBytes("GWZ\0"), 0, 4);
        return stream.ToArray();
    }
}
