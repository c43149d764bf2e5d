using System.Collections.Specialized;
using System.Runtime.InteropServices;

namespace GraphWeaver.Compiler.Evaluation;

/// <summary>
/// A worker's environment: the build's, less what would slow it, instrument it or write dumps; and what makes the two
/// workers' surroundings differ: one has no culture data and UTC, the other the machine's culture data and a made-up zone.
/// </summary>
internal static class WorkerEnvironment
{
    private static readonly string[] removed =
    [
        "CORECLR_ENABLE_PROFILING", "CORECLR_PROFILER", "CORECLR_PROFILER_PATH", "DOTNET_STARTUP_HOOKS", "DOTNET_DiagnosticPorts",
        "DOTNET_TieredCompilation", "DOTNET_gcServer", "DOTNET_GCHeapHardLimit", "DOTNET_ROLL_FORWARD", "DOTNET_ADDITIONAL_DEPS",
    ];

    public static void Apply(StringDictionary environment, WorkerFiles files, bool altered)
    {
        foreach (var name in removed)
        {
            environment.Remove(name);
        }

        environment["DOTNET_TieredPGO"] = "0";
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["DOTNET_DbgEnableMiniDump"] = "0";
        environment["DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY"] = "0";
        if (!altered)
        {
            environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        }

        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            environment["TZ"] = altered ? files.TimeZone : "UTC";
        }
    }
}
