namespace GraphWeaver.Kernels.Rows;

/// <summary>A function of one element, on runs of them.</summary>
internal interface IElementFunction<T>
{
    /// <summary>The cost of an element in float additions.</summary>
    public static abstract int Cost { get; }

    /// <summary>The function of each element.</summary>
    public static abstract void Invoke(ReadOnlySpan<T> x, Span<T> result);
}
