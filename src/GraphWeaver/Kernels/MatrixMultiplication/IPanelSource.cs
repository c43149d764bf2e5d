namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>Where a matrix product takes its right operands from: matrices in memory, or what is read as one (the windows of an image).</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal unsafe interface IPanelSource<T>
    where T : unmanaged
{
    /// <summary>Copies a block, row by row, into rows of <paramref name="width"/> elements, filled up with zeros.</summary>
    /// <param name="batch">Which matrix.</param>
    /// <param name="firstRow">The first row of the block.</param>
    /// <param name="rows">The rows of the block.</param>
    /// <param name="firstColumn">The first column of the block.</param>
    /// <param name="columns">The columns of the block, at most <paramref name="width"/>.</param>
    /// <param name="target">Room for <paramref name="rows"/> times <paramref name="width"/> elements.</param>
    /// <param name="width">The distance of two rows of the copy.</param>
    public void Pack(nint batch, nint firstRow, nint rows, nint firstColumn, nint columns, T* target, nint width);
}
