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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(nint batch, nint firstRow, nint rows, nint firstColumn, nint columns, T* target, nint width)
    {
        T* source = At(batch, firstRow, firstColumn);
        if (columnStride == 1)
        {
            for (nint row = 0; row < rows; row++)
            {
                Unsafe.CopyBlockUnaligned(target + (row * width), source + (row * rowStride), (uint)(columns * sizeof(T)));
            }
        }
        else
        {
            // Down the columns, since those of a transposed matrix are runs of memory.
            for (nint column = 0; column < columns; column++)
            {
                T* from = source + (column * columnStride);
                T* to = target + column;
                for (nint row = 0; row < rows; row++)
                {
                    *to = *from;
                    from += rowStride;
                    to += width;
                }
            }
        }

        if (columns < width)
        {
            for (nint row = 0; row < rows; row++)
            {
                Unsafe.InitBlockUnaligned(target + (row * width) + columns, 0, (uint)((width - columns) * sizeof(T)));
            }
        }
    }
}
