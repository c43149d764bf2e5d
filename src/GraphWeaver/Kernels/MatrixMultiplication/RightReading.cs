namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// How the right matrix of a product is read, which is a question of speed alone. For many rows panels of it are copied, so that they lie together
/// whenever a tile goes over them. For few rows the copy would cost as much as the products: it is read in place. So that a matrix too large for the
/// cache passes through it nearly in the order it has in memory, wide units take it in blocks of a few rows.
/// </summary>
/// <param name="IsInPlace">Whether it is read in place.</param>
/// <param name="DepthBlock">The rows of a block.</param>
/// <param name="LeastColumns">The columns that a unit needs.</param>
internal readonly record struct RightReading(bool IsInPlace, nint DepthBlock, nint LeastColumns)
{
    // Rows of the left matrix up to which a copy is not worth it, and up to which the products wait for the memory.
    private const int FewRows = 64;
    private const int FewestRows = 8;

    // 128 KB of packed panel; half of a first-level cache of panel in place; and as many runs of memory as the processor foresees.
    private const int DepthBlockOfCopy = 1024;
    private const int DepthBlockInPlace = 128;
    private const int DepthBlockOfStream = 16;

    // Bytes that a cache shared by threads and processes may not hold, and of a row that are worth going there for.
    private const long LargeMatrix = 4 << 20;
    private const int LongRun = 2048;

    internal static unsafe RightReading Of<T, TSource>(MatMulShape shape, TSource source)
        where T : unmanaged
        where TSource : struct, IPanelSource<T>
    {
        if (shape.Rows > FewRows || source.TryAt(0, 0, 0, out _) == null)
        {
            return new RightReading(IsInPlace: false, DepthBlockOfCopy, 1);
        }

        return (long)shape.Depth * shape.Columns * sizeof(T) <= LargeMatrix
            ? new RightReading(IsInPlace: true, DepthBlockInPlace, 1)
            : new RightReading(IsInPlace: true, shape.Rows <= FewestRows ? DepthBlockOfStream : DepthBlockInPlace, LongRun / sizeof(T));
    }
}
