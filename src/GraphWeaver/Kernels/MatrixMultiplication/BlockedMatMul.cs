using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// Matrix products by tiles (Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, 2008, with A left in place). A
/// panel is as many columns of one result as a tile has, over a range of rows. For each block of the depth it copies the panel's
/// part of B into contiguous memory that stays in the second-level cache, and goes down the rows tile by tile. Edges are padded with
/// zeros in copies, so there is one inner loop. Every element is summed in the same order whatever the units and threads are.
/// A unit (<see cref="MatMulUnits"/>) that is finished, and still in cache, is handed to the epilogue row by row: its elements are all that may
/// read of C.
/// Before: none of the results is empty, they are row-major and follow each other; the depth may be 0. After: C is overwritten, by the products, or where
/// there is a <paramref name="bias"/>, one element per row, by that plus the products; and the epilogue has run over all of it, or given up.
/// </summary>
internal readonly unsafe struct BlockedMatMul<T, TTile, TSource, TEpilogue>(
    StridedMatrices<T> a, TSource b, T* c, MatMulShape shape, nint batches, T* bias, MatMulEpilogue<TEpilogue> epilogue) : IKernel
    where T : unmanaged
    where TTile : struct, IMatMulTile<T>
    where TSource : struct, IPanelSource<T>
    where TEpilogue : struct, IKernel, allows ref struct
{
    // 64 KB of packed panel.
    private const int DepthBlock = 512;

    // Products in the time of one float addition of a kernel that is bound by memory.
    private const int ProductsPerAddition = 8;

    private readonly MatMulUnits units = MatMulUnits.Of(shape, batches, TTile.Rows, TTile.Columns, !epilogue.IsNone);

    /// <summary>Computes the products.</summary>
    /// <returns>False when the epilogue gave up.</returns>
    internal bool Run()
    {
        nint unitCost = units.RowsOfUnit * units.PanelsOfUnit * TTile.Columns * ((shape.Depth / ProductsPerAddition) + epilogue.Cost);
        BlockedMatMul<T, TTile, TSource, TEpilogue> kernel = this;
        return KernelRunner.RunRows(ref kernel, batches * units.Count, (int)nint.Clamp(unitCost, 1, int.MaxValue));
    }

    public bool Execute(int chunk, nint start, nint end)
    {
        nint depth = nint.Min(DepthBlock, shape.Depth);
        nint panelSize = depth * TTile.Columns;
        nint edgeSize = depth * TTile.Rows;
        nint scratchSize = panelSize + edgeSize + (TTile.Rows * TTile.Columns);
        var scratch = (T*)NativeMemory.AlignedAlloc((nuint)(scratchSize * sizeof(T)), 64);
        T* edgeRows = scratch + panelSize;
        T* edgeTile = edgeRows + edgeSize;
        new Span<T>(edgeTile, TTile.Rows * TTile.Columns).Clear();
        try
        {
            for (nint unit = start; unit < end; unit++)
            {
                (nint batch, nint rowRange) = (unit / units.Count, unit % units.RowRanges);
                nint firstPanel = unit / units.RowRanges % units.PanelRanges * units.PanelsOfUnit;
                nint endPanel = nint.Min(firstPanel + units.PanelsOfUnit, units.Panels);
                for (nint panel = firstPanel; panel < endPanel; panel++)
                {
                    MultiplyPanel(batch, panel, rowRange, scratch, edgeRows, edgeTile);
                }

                if (!FinishUnit(batch, firstPanel, endPanel, rowRange))
                {
                    return false;
                }
            }
        }
        finally
        {
            NativeMemory.AlignedFree(scratch);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyPanel(nint batch, nint panel, nint rowRange, T* packedPanel, T* edgeRows, T* edgeTile)
    {
        nint firstColumn = panel * TTile.Columns;
        nint columns = nint.Min(TTile.Columns, shape.Columns - firstColumn);
        nint firstRow = rowRange * units.RowsOfUnit;
        nint endRow = nint.Min(firstRow + units.RowsOfUnit, shape.Rows);
        T* result = c + (batch * shape.Rows * shape.Columns);
        bool accumulate = bias != null;
        FillWithBias(result, firstRow, endRow, firstColumn, columns);
        nint firstDepth = 0;
        do
        {
            nint depth = nint.Min(DepthBlock, shape.Depth - firstDepth);
            b.Pack(batch, firstDepth, depth, firstColumn, columns, packedPanel, TTile.Columns);
            for (nint row = firstRow; row < endRow; row += TTile.Rows)
            {
                nint rows = nint.Min(TTile.Rows, endRow - row);
                T* aTile = a.At(batch, row, firstDepth);
                T* cTile = result + (row * shape.Columns) + firstColumn;
                nint aRowStride = a.RowStride;
                nint aColumnStride = a.ColumnStride;
                if (rows < TTile.Rows)
                {
                    a.Pack(batch, row, rows, firstDepth, depth, edgeRows, depth);
                    Unsafe.InitBlockUnaligned(edgeRows + (rows * depth), 0, (uint)((TTile.Rows - rows) * depth * sizeof(T)));
                    aTile = edgeRows;
                    aRowStride = depth;
                    aColumnStride = 1;
                }

                if (rows == TTile.Rows && columns == TTile.Columns)
                {
                    TTile.Multiply(aTile, aRowStride, aColumnStride, packedPanel, depth, cTile, shape.Columns, accumulate);
                    continue;
                }

                if (accumulate)
                {
                    Copy(cTile, shape.Columns, rows, columns, edgeTile, TTile.Columns);
                }

                TTile.Multiply(aTile, aRowStride, aColumnStride, packedPanel, depth, edgeTile, TTile.Columns, accumulate);
                Copy(edgeTile, TTile.Columns, rows, columns, cTile, shape.Columns);
            }

            accumulate = true;
            firstDepth += DepthBlock;
        }
        while (firstDepth < shape.Depth);
    }

    private bool FinishUnit(nint batch, nint firstPanel, nint endPanel, nint rowRange)
    {
        if (epilogue.IsNone)
        {
            return true;
        }

        nint firstRow = rowRange * units.RowsOfUnit;
        nint endRow = nint.Min(firstRow + units.RowsOfUnit, shape.Rows);
        nint start = ((batch * shape.Rows) + firstRow) * shape.Columns;
        nint end = ((batch * shape.Rows) + endRow) * shape.Columns;
        if (endPanel - firstPanel == units.Panels)
        {
            return epilogue.Run(start, end);
        }

        nint firstColumn = firstPanel * TTile.Columns;
        nint endColumn = nint.Min(endPanel * TTile.Columns, shape.Columns);
        for (nint row = start; row < end; row += shape.Columns)
        {
            if (!epilogue.Run(row + firstColumn, row + endColumn))
            {
                return false;
            }
        }

        return true;
    }

    private void FillWithBias(T* result, nint firstRow, nint endRow, nint firstColumn, nint columns)
    {
        if (bias == null)
        {
            return;
        }

        for (nint row = firstRow; row < endRow; row++)
        {
            new Span<T>(result + (row * shape.Columns) + firstColumn, (int)columns).Fill(bias[row]);
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
