using System.Globalization;
using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Benchmarks.Measuring;

/// <summary>What a reader of the numbers has to know of the machine.</summary>
internal static class Machine
{
    /// <summary>The processor, how many of it, and its widest vectors.</summary>
    public static string Description()
    {
        int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        return $"{Environment.ProcessorCount} x {Processor()}, vectors of {width} bits";
    }

    /// <summary>The versions that the numbers depend on.</summary>
    public static string Software()
    {
        string tensors = typeof(Tensor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        return $"{RuntimeInformation.FrameworkDescription}, System.Numerics.Tensors {tensors}";
    }

    /// <summary>The load average of the last minute; null where the system does not say.</summary>
    public static double? Load()
    {
        const string Path = "/proc/loadavg";
        return File.Exists(Path) ? double.Parse(File.ReadAllText(Path).Split(' ')[0], CultureInfo.InvariantCulture) : null;
    }

    private static string Processor()
    {
        const string Path = "/proc/cpuinfo";
        string[] lines = File.Exists(Path) ? File.ReadAllLines(Path) : [];
        string Value(string key) => lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "?";
        return $"{Value("model name")} (family {Value("cpu family")}, model {Value("model	")})";
    }
}
