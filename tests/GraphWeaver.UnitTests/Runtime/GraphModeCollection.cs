namespace GraphWeaver.UnitTests.Runtime;

/// <summary>
/// Tests that turn the process-wide switches or need the worker pool run alone: a process has one pool, and on two cores a test beside them
/// may keep its threads from meeting.
/// </summary>
[CollectionDefinition(nameof(GraphMode), DisableParallelization = true)]
public sealed class GraphModeCollection;
