namespace GraphWeaver.Kernels.Rows;

/// <summary>A way to make one value of many.</summary>
internal interface IReduction<T>
{
    /// <summary>The value of a row.</summary>
    public static abstract T OfRow(ReadOnlySpan<T> row);

    /// <summary>Combines a running value with the next element.</summary>
    public static abstract T Combine(T running, T next);

    /// <summary>Combines each running value with the next element of its column, in place.</summary>
    public static abstract void Combine(Span<T> running, ReadOnlySpan<T> line);
}
