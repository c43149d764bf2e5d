namespace GraphWeaver.DifferentialTests.Harness;

/// <summary>Tests that turn the process-wide switch run alone.</summary>
[CollectionDefinition(nameof(GraphMode), DisableParallelization = true)]
public sealed class GraphModeCollection;
