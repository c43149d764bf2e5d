using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.DifferentialTests.Fallback;

/// <summary>Where the two builds of the cases lie: those of the configuration under test.</summary>
internal static class CaseFiles
{
    public static string Woven { get; } = Output("Woven");

    public static string Plain { get; } = Output("Plain");

    public static string Report { get; } = Path.Combine(Suite, "Woven", "obj", Configuration, "net10.0", "graphweaver", "report.json");

    private static string Suite => Path.Combine(EvaluatorLocation.Root, "tests", "Fallback");

    private static string Configuration => EvaluatorLocation.Configuration;

    private static string Output(string project) => Path.Combine(Suite, project, "bin", Configuration, "net10.0", "FallbackCases.dll");
}
