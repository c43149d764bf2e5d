using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace GraphWeaver.Kernels;

/// <summary>The lengths or dimensions a view is told, added one after the other. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct KernelNumbers
{
    private KernelDimensions numbers;

    /// <summary>How many there are.</summary>
    internal int Count { get; private set; }

    [UnscopedRef]
    internal readonly ReadOnlySpan<nint> AsSpan() => ((ReadOnlySpan<nint>)numbers)[..Count];

    internal readonly nint this[int index] => numbers[index];

    /// <summary>Adds a number, at most <see cref="KernelLayout.MaxRank"/> of them.</summary>
    public void Add(nint number) => numbers[Count++] = number;

    /// <summary>Takes all numbers out.</summary>
    public void Clear() => Count = 0;
}
