using System.Text.Json;

namespace Digits;

/// <summary>What the weaver did in the build, read from the report that the project file copies beside the program.</summary>
internal static class BuildReport
{
    private static readonly string path = Path.Combine(AppContext.BaseDirectory, "graphweaver-report.json");

    public static void Print()
    {
        if (!File.Exists(path))
        {
            Console.WriteLine("  There is no report beside the program: this build was not woven, and both times above are eager.");
            return;
        }

        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement[] methods = [.. report.RootElement.GetProperty("methods").EnumerateArray()];
        if (methods.Length == 0)
        {
            Console.WriteLine("  The weaver found no marked method, and both times above are eager.");
            return;
        }

        int woven = methods.Count(method => method.GetProperty("status").GetString() == "woven");
        Console.WriteLine($"  {woven} of {methods.Length} marked methods woven: {Sum(methods, "kernels")} kernels, "
            + $"{Sum(methods, "folded")} calls folded at build, {Sum(methods, "startup")} moved to start-up, "
            + $"{Sum(methods, "fallbacks")} fallbacks.");
        foreach (JsonElement method in methods)
        {
            Console.WriteLine($"    {method.GetProperty("name").GetString(),-40} {method.GetProperty("status").GetString(),-9} "
                + $"kernels {Count(method, "kernels")}, folded {Count(method, "folded")}, fallbacks {Count(method, "fallbacks")}");
        }
    }

    private static int Sum(JsonElement[] methods, string what) => methods.Sum(method => Count(method, what));

    private static int Count(JsonElement method, string what) => method.GetProperty(what).GetInt32();
}
