namespace GraphWeaver.UnitTests.Runtime;

/// <summary>Tests that need the worker pool, of which a process has one, or set <c>GraphMode</c>: whoever finds the pool taken runs without it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class KernelPoolCollection
{
    public const string Name = "The worker pool";
}
