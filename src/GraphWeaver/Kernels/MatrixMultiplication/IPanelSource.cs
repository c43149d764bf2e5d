namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>Where a matrix product takes its right operands from: matrices in memory, or what is read as one (the windows of an image).</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal unsafe interface IPanelSource<T>
    where T : unmanaged
{
    /// <summary>The address of an element, after which the elements of its row follow.</summary>
    /// <param name="batch">Which matrix.</param>
    /// <param name="row">The row of the element.</param>
    /// <param name="column">The column of the element.</param>
    /// <param name="distance">The distance of two rows.</param>
    /// <returns>Null where rows are no runs of memory, so that they must be copied.</returns>
    public T* TryAt(nint batch, nint row, nint column, out nint distance);

    /// <summary>Copies a block, row by row, into rows as long as the tile's, filled up with zeros.</summary>
    /// <typeparam name="TTile">The tile that is to go over the copy.</typeparam>
    /// <param name="batch">Which matrix.</param>
    /// <param name="firstRow">The first row of the block.</param>
    /// <param name="rows">The rows of the block.</param>
    /// <param name="firstColumn">The first column of the block.</param>
    /// <param name="columns">The columns of the block, at most the tile's.</param>
    /// <param name="target">Room for <paramref name="rows"/> times the tile's columns.</param>
    public void Pack<TTile>(nint batch, nint firstRow, nint rows, nint firstColumn, nint columns, T* target)
        where TTile : struct, IMatMulTile<T>;
}
