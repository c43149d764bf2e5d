namespace GraphWeaver.DifferentialTests.Harness;

/// <summary>Where the evaluator built with this test assembly is, and the host that runs both.</summary>
public static class EvaluatorLocation
{
    private static readonly string Output = AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar);

    public static string Configuration { get; } = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(Output)!);

    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    public static string Path { get; } = System.IO.Path.Combine(Root, "weaver", "GraphWeaver.Evaluator", "bin", Configuration, "net10.0", "GraphWeaver.Evaluator.dll");

    public static string DotnetHost { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath ?? "dotnet";

    private static string FindRoot()
    {
        var root = new DirectoryInfo(Output);
        while (!File.Exists(System.IO.Path.Combine(root.FullName, "GraphWeaver.sln")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException("GraphWeaver.sln is in no directory above the tests");
        }

        return root.FullName;
    }
}
