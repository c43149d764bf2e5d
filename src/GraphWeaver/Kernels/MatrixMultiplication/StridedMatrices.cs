using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// Matrices in memory, one per batch, all with the same strides: an operand of a product as its tensor has it, transposed or broadcast,
/// without a copy. Strides and offsets count elements.
/// </summary>
/// <param name="data">The tensor's first element; it does not move.</param>
/// <param name="offsets">Where each batch's matrix starts; null where all have the first one.</param>
/// <param name="rowStride">The distance of two rows.</param>
/// <param name="columnStride">The distance of two columns.</param>
internal readonly unsafe struct StridedMatrices<T>(T* data, nint* offsets, nint rowStride, nint columnStride) : IPanelSource<T>
    where T : unmanaged
{
    internal nint RowStride => rowStride;

    internal nint ColumnStride => columnStride;

    /// <summary>The address of an element.</summary>
    internal T* At(nint batch, nint row, nint column) => data + (offsets == null ? 0 : offsets[batch]) + (row * rowStride) + (column * columnStride);

    public T* TryAt(nint batch, nint row, nint column, out nint distance)
    {
        distance = rowStride;
        return columnStride == 1 ? At(batch, row, column) : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack<TTile>(nint batch, nint firstRow, nint rows, nint firstColumn, nint columns, T* target)
        where TTile : struct, IMatMulTile<T>
    {
        T* source = At(batch, firstRow, firstColumn);
        if (columnStride == 1 && columns == TTile.Columns)
        {
            for (nint row = 0; row < rows; row++)
            {
                TTile.CopyRow(source, target);
                source += rowStride;
                target += TTile.Columns;
            }

            return;
        }

        if (columns < TTile.Columns)
        {
            new Span<T>(target, checked((int)(rows * TTile.Columns))).Clear();
        }

        if (rowStride == 1)
        {
            BlockTransposition.Copy(source, columnStride, rows, columns, target, TTile.Columns);
            return;
        }

        for (nint row = 0; row < rows; row++)
        {
            for (nint column = 0; column < columns; column++)
            {
                target[column] = source[column * columnStride];
            }

            source += rowStride;
            target += TTile.Columns;
        }
    }
}
