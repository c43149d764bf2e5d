namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// How the right matrix of a product is read, which is a question of speed alone. For many rows panels of it are copied, so that they lie together
/// whenever a tile goes over them. For few rows the copy would cost as much as the products: it is read in place. So that a matrix too large for the
/// cache passes through it nearly in the order it has in memory, wide units take it in blocks of a few rows.
/// </summary>
/// <param name="IsInPlace">Whether it is read in place.</param>
/// <param name="DepthBlock">The rows of a block.</param>
/// <param name="PanelsAhead">How many panels before its use a block's part of one is fetched into cache.</param>
/// <param name="LeastColumns">The columns that a unit needs.</param>
internal readonly record struct RightReading(bool IsInPlace, nint DepthBlock, nint PanelsAhead, nint LeastColumns)
{
    // Rows of the left matrix up to which a copy is not worth it, and up to which the products wait for the memory.
    private const int FewRows = 64;
    private const int FewestRows = 8;

    // 128 KB of packed panel; half of a first-level cache of panel in place; and as many runs of memory as the processor foresees.
    private const int DepthBlockOfCopy = 1024;
    private const int DepthBlockInPlace = 128;
    private const int DepthBlockOfStream = 16;

    // A panel takes some 70 nanoseconds of a stream's block, and the memory takes more than that to answer.
    private const int PanelsAheadOfStream = 4;

    // Bytes that a cache shared by threads and processes may not hold, and of a row that are worth going there for: up to two pages, of which the
    // second-level cache holds a block, as long as there is a unit for each thread.
    private const long LargeMatrix = 4 << 20;
    private const int LeastRun = 2048;
    private const int LongestRun = 8192;

    internal static unsafe RightReading Of<T, TSource>(MatMulShape shape, TSource source)
        where T : unmanaged
        where TSource : struct, IPanelSource<T>
    {
        if (shape.Rows > FewRows || source.TryAt(0, 0, 0, out _) == null)
        {
            return new RightReading(IsInPlace: false, DepthBlockOfCopy, PanelsAhead: 1, LeastColumns: 1);
        }

        if ((long)shape.Depth * shape.Columns * sizeof(T) <= LargeMatrix)
        {
            return new RightReading(IsInPlace: true, DepthBlockInPlace, PanelsAhead: 1, LeastColumns: 1);
        }

        nint run = nint.Clamp(shape.Columns * sizeof(T) / GraphMode.MaxThreads, LeastRun, LongestRun);
        return shape.Rows <= FewestRows
            ? new RightReading(IsInPlace: true, DepthBlockOfStream, PanelsAheadOfStream, run / sizeof(T))
            : new RightReading(IsInPlace: true, DepthBlockInPlace, PanelsAhead: 1, run / sizeof(T));
    }
}
