namespace GraphWeaver.DifferentialTests.Harness;

/// <summary>Where the evaluator built with this test assembly is, and the host that runs both.</summary>
public static class EvaluatorLocation
{
    public static string Path { get; } = Find();

    public static string DotnetHost { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath ?? "dotnet";

    private static string Find()
    {
        var output = AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar);
        var configuration = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(output)!);
        var root = new DirectoryInfo(output);
        while (!File.Exists(System.IO.Path.Combine(root.FullName, "GraphWeaver.sln")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException("GraphWeaver.sln is in no directory above the tests");
        }

        return System.IO.Path.Combine(root.FullName, "weaver", "GraphWeaver.Evaluator", "bin", configuration, "net10.0", "GraphWeaver.Evaluator.dll");
    }
}
