namespace GraphWeaver.Compiler;

/// <summary>The contract's fallback policy, from MSBuild or <c>[Graph(Fallback = ...)]</c>; same members as <c>GraphWeaver.Fallback</c>.</summary>
public enum FallbackPolicy
{
    Warn,
    Allow,
    Error,
    Off,
}

/// <summary>What the build tells the engine. Paths are absolute.</summary>
public sealed class WeavingOptions
{
    /// <summary>The compiler's output, as it is on disk before weaving; the evaluator loads a copy of it.</summary>
    public required string AssemblyPath { get; init; }

    public required string ProjectDirectory { get; init; }

    /// <summary>Everything the compiler saw; framework entries are reference assemblies.</summary>
    public IReadOnlyList<string> ReferencePaths { get; init; } = [];

    /// <summary>Implementation assemblies of packages and projects (copy-local files).</summary>
    public IReadOnlyList<string> ImplementationPaths { get; init; } = [];

    /// <summary><c>GraphWeaver.Evaluator.dll</c>, or null when it is missing (GW1008 when it is needed).</summary>
    public string? EvaluatorPath { get; init; }

    /// <summary>The <c>dotnet</c> host that runs the build.</summary>
    public string DotnetHost { get; init; } = "dotnet";

    /// <summary>The shared frameworks the project runs on, as <c>Microsoft.NETCore.App/10.0.0</c>.</summary>
    public IReadOnlyList<string> Frameworks { get; init; } = ["Microsoft.NETCore.App/10.0.0"];

    public FallbackPolicy Fallback { get; init; } = FallbackPolicy.Warn;

    public TimeSpan EvaluationTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
