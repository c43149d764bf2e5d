using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>A computation at several sizes.</summary>
internal abstract class Workload(string name, params string[] sizes)
{
    /// <summary>Its name, here, in C and in Python.</summary>
    public string Name => name;

    public IReadOnlyList<string> Sizes => sizes;

    /// <summary>Makes the inputs and the peers.</summary>
    public abstract Case Create(string size, Surroundings surroundings);

    /// <summary>The index of <paramref name="size"/> in <see cref="Sizes"/>.</summary>
    protected int Place(string size) => Array.IndexOf(sizes, size);
}
