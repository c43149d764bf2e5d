namespace GraphWeaver.Compiler.Evaluation;

/// <summary>What the workers load, and what they may spend. Paths are absolute.</summary>
public sealed record EvaluatorOptions
{
    public required string AssemblyPath { get; init; }

    /// <summary>What the compiler saw; used only for assemblies that no implementation path has.</summary>
    public IReadOnlyList<string> ReferencePaths { get; init; } = [];

    public IReadOnlyList<string> ImplementationPaths { get; init; } = [];

    /// <summary>The current directory of slices that are vouched for, or null to leave it.</summary>
    public string? ProjectDirectory { get; init; }

    public string? EvaluatorPath { get; init; }

    public string DotnetHost { get; init; } = "dotnet";

    public IReadOnlyList<string> Frameworks { get; init; } = ["Microsoft.NETCore.App/10.0.0"];

    /// <summary>Time for all slices of one assembly together; starting and replaying count.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Time for one slice.</summary>
    public TimeSpan SliceTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of managed heap per worker.</summary>
    public long MemoryLimit { get; init; } = 1L << 30;

    /// <summary>Bytes above which an array, tensor or string comes back as <see cref="ValueKind.TooLarge"/>.</summary>
    public int PayloadLimit { get; init; } = 16 << 20;

    /// <summary>Characters of console output kept per slice; a slice that writes more is cut there and says so.</summary>
    public int OutputLimit { get; init; } = 64 << 10;

    public CancellationToken Cancellation { get; init; }

    public static EvaluatorOptions From(WeavingOptions options, CancellationToken cancellation = default) => new()
    {
        AssemblyPath = options.AssemblyPath,
        ProjectDirectory = options.ProjectDirectory,
        ReferencePaths = options.ReferencePaths,
        ImplementationPaths = options.ImplementationPaths,
        EvaluatorPath = options.EvaluatorPath,
        DotnetHost = options.DotnetHost,
        Frameworks = options.Frameworks,
        TotalTimeout = options.EvaluationTimeout,

        // One slice that does not end must not take the others' time with it.
        SliceTimeout = TimeSpan.FromTicks(options.EvaluationTimeout.Ticks / 4),
        Cancellation = cancellation,
    };
}
