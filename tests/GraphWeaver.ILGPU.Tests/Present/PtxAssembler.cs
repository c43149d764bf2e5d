using System.ComponentModel;
using System.Diagnostics;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>
/// NVIDIA's assembler, where it is on the path: it says of PTX what the driver would say on a device of that architecture. Elsewhere nothing is asked.
/// </summary>
internal static class PtxAssembler
{
    private static readonly Lazy<bool> isPresent = new(() => Run(["--version"]) is not null);

    /// <summary>What the assembler has against <paramref name="code"/>; null when it takes it or is not there.</summary>
    public static string? Objection(string code, int architecture)
    {
        if (!isPresent.Value)
        {
            return null;
        }

        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, code);
            return Run([$"-arch=sm_{architecture}", "--warning-as-error", "-o", "/dev/null", file]) is { Length: > 0 } said ? said : null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    // What it says where it fails, empty where it does not, null where there is none.
    private static string? Run(string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("ptxas", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : error + output.Result;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
