using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// A part of a matrix product by tiles (Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, 2008, with A left in place). A
/// panel is as many columns of one result as a tile has, and cut into tiles of as near as may be the same number of rows. For each block of the depth
/// the panels are taken one by one: the panel's part of B is in place, or copied into contiguous memory that stays in the second-level cache
/// (<see cref="RightReading"/>), and gone over tile by tile. Edges on the right are padded with zeros in copies, so there is one inner loop.
/// Before: as <see cref="BlockedMatMul{T, TTile, TSource}"/>. After: every element of the part is the bias or zero and its products, added in
/// order of the depth, whatever the part, the blocks and the copies are.
/// </summary>
internal readonly unsafe struct UnitProduct<T, TTile, TSource>(StridedMatrices<T> a, TSource b, T* c, MatMulShape shape, T* bias)
    where T : unmanaged
    where TTile : struct, IMatMulTile<T>
    where TSource : struct, IPanelSource<T>
{
    private readonly RightReading reading = RightReading.Of<T, TSource>(shape, b);

    private nint DepthBlock => nint.Min(shape.Depth, reading.DepthBlock);

    /// <summary>The elements of memory that <see cref="Multiply"/> is to be lent: a panel, and a tile for the edge.</summary>
    internal nint ScratchSize => reading.IsInPlace && shape.Columns % TTile.Columns == 0 ? 0 : (DepthBlock + TTile.Rows) * TTile.Columns;

    /// <summary>Computes the elements of a result from one row and column to before others; columns start where a panel does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Multiply(nint batch, nint firstRow, nint endRow, nint firstColumn, nint endColumn, T* scratch)
    {
        T* result = c + (batch * shape.Rows * shape.Columns);
        bool accumulates = bias != null;
        FillWithBias(result, firstRow, endRow, firstColumn, endColumn);
        nint depthBlock = DepthBlock;
        nint firstDepth = 0;
        do
        {
            TileProduct<T> product = default;
            product.Depth = nint.Min(depthBlock, shape.Depth - firstDepth);
            product.Accumulates = accumulates;
            for (nint column = firstColumn; column < endColumn; column += TTile.Columns)
            {
                nint columns = nint.Min(TTile.Columns, endColumn - column);
                if (reading.IsInPlace && columns == TTile.Columns)
                {
                    product.B = b.TryAt(batch, firstDepth, column, out product.BRowStride);
                    nint ahead = column + (reading.PanelsAhead * TTile.Columns);
                    product.Next = ahead < endColumn
                        ? b.TryAt(batch, firstDepth, ahead, out _)
                        : b.TryAt(batch, firstDepth + depthBlock, ahead - endColumn + firstColumn, out _);
                }
                else
                {
                    b.Pack<TTile>(batch, firstDepth, product.Depth, column, columns, scratch);
                    product.B = scratch;
                    product.BRowStride = TTile.Columns;
                    product.Next = scratch;
                }

                MultiplyPanel(ref product, batch, firstDepth, firstRow, endRow, result + column, columns, scratch + (depthBlock * TTile.Columns));
            }

            accumulates = true;
            firstDepth += depthBlock;
        }
        while (firstDepth < shape.Depth);
    }

    private void MultiplyPanel(
        ref TileProduct<T> product, nint batch, nint firstDepth, nint firstRow, nint endRow, T* result, nint columns, T* edgeTile)
    {
        product.ARowStride = a.RowStride;
        product.AColumnStride = a.ColumnStride;
        for (nint row = firstRow; row < endRow;)
        {
            nint tiles = (endRow - row + TTile.Rows - 1) / TTile.Rows;
            nint rows = (endRow - row + tiles - 1) / tiles;
            T* target = result + (row * shape.Columns);
            product.A = a.At(batch, row, firstDepth);
            if (columns == TTile.Columns)
            {
                product.C = target;
                product.CRowStride = shape.Columns;
                TTile.Multiply(rows, in product);
            }
            else
            {
                product.C = edgeTile;
                product.CRowStride = TTile.Columns;
                if (product.Accumulates)
                {
                    Copy(target, shape.Columns, rows, columns, edgeTile, TTile.Columns);
                }

                TTile.Multiply(rows, in product);
                Copy(edgeTile, TTile.Columns, rows, columns, target, shape.Columns);
            }

            product.Next = product.B;
            row += rows;
        }
    }

    private void FillWithBias(T* result, nint firstRow, nint endRow, nint firstColumn, nint endColumn)
    {
        if (bias == null)
        {
            return;
        }

        for (nint row = firstRow; row < endRow; row++)
        {
            new Span<T>(result + (row * shape.Columns) + firstColumn, (int)(endColumn - firstColumn)).Fill(bias[row]);
        }
    }

    private static void Copy(T* source, nint sourceStride, nint rows, nint columns, T* target, nint targetStride)
    {
        for (nint row = 0; row < rows; row++)
        {
            Unsafe.CopyBlockUnaligned(target + (row * targetStride), source + (row * sourceStride), (uint)(columns * sizeof(T)));
        }
    }
}
