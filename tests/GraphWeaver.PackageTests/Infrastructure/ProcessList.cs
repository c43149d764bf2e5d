using System.Diagnostics;

namespace GraphWeaver.PackageTests.Infrastructure;

/// <summary>The command lines of the machine's processes, from /proc where there is one and from <c>ps</c> elsewhere on Unix.</summary>
internal static class ProcessList
{
    public static IReadOnlyList<string> CommandLines() => Directory.Exists("/proc/self") ? FromProc() : FromTool();

    private static List<string> FromProc()
    {
        var lines = new List<string>();
        foreach (string directory in Directory.GetDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                lines.Add(File.ReadAllText(Path.Combine(directory, "cmdline")).Replace('\0', ' '));
            }
            catch (IOException)
            {
                // The process ended between the listing and the reading.
            }
            catch (UnauthorizedAccessException)
            {
                // Another user's process: not started by this build.
            }
        }

        return lines;
    }

    private static List<string> FromTool()
    {
        ProcessStartInfo start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("powershell", ["-NoProfile", "-Command", "(Get-CimInstance Win32_Process).CommandLine"])
            : new ProcessStartInfo("ps", ["-axww", "-o", "command"]);
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        // The listing tool and the shell of this test may name the folder themselves; only .NET processes can be ours.
        return [.. text.Split('\n').Where(line => line.Contains("dotnet", StringComparison.OrdinalIgnoreCase))];
    }
}
