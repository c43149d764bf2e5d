using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// A matrix product by tiles (Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, 2008, with A left in place). A unit of
/// work is a panel, as many columns of the result as a tile has, over a range of rows. For each block of the depth it copies the panel's
/// part of B into contiguous memory that stays in the second-level cache, and goes down the rows tile by tile. Edges are padded with
/// zeros in copies, so there is one inner loop. Every element is summed in the same order whatever the units and threads are.
/// A unit that is finished, and still in cache, is handed to the epilogue row by row: its elements are all it may read of C.
/// Before: row-major matrices, none empty but for the depth. After: C is overwritten, and the epilogue has run over all of it, or given up.
/// </summary>
internal readonly unsafe struct BlockedMatMul<T, TTile, TEpilogue>(T* a, T* b, T* c, MatMulShape shape, void* epilogue) : IKernel
    where T : unmanaged
    where TTile : struct, IMatMulTile<T>
    where TEpilogue : struct, IKernel, allows ref struct
{
    // 64 KB of packed panel.
    private const int DepthBlock = 512;

    // Units wanted, so that threads come out even, and the rows a unit needs to be worth packing a panel.
    private const int EnoughUnits = 16;
    private const int EnoughRows = 64;

    // Products in the time of one float addition of a kernel that is bound by memory.
    private const int ProductsPerAddition = 8;

    private readonly nint panels = (shape.Columns + TTile.Columns - 1) / TTile.Columns;

    /// <summary>Computes the product.</summary>
    /// <param name="epilogueCost">The cost of an element of the epilogue in float additions.</param>
    /// <returns>False when the epilogue gave up.</returns>
    internal bool Run(int epilogueCost)
    {
        nint unitCost = RowsOfUnit * TTile.Columns * ((shape.Depth / ProductsPerAddition) + epilogueCost);
        BlockedMatMul<T, TTile, TEpilogue> kernel = this;
        return KernelRunner.RunRows(ref kernel, panels * RowRanges, (int)nint.Clamp(unitCost, 1, int.MaxValue));
    }

    private nint RowsOfUnit
    {
        get
        {
            nint ranges = nint.Clamp(EnoughUnits / panels, 1, (shape.Rows + EnoughRows - 1) / EnoughRows);
            nint rows = (shape.Rows + ranges - 1) / ranges;
            return (rows + TTile.Rows - 1) / TTile.Rows * TTile.Rows;
        }
    }

    private nint RowRanges => (shape.Rows + RowsOfUnit - 1) / RowsOfUnit;

    public bool Execute(int chunk, nint start, nint end)
    {
        nint depth = nint.Min(DepthBlock, shape.Depth);
        nint panelSize = depth * TTile.Columns;
        nint edgeSize = depth * TTile.Rows;
        nint scratchSize = panelSize + edgeSize + (TTile.Rows * TTile.Columns);
        var scratch = (T*)NativeMemory.AlignedAlloc((nuint)(scratchSize * sizeof(T)), 64);
        try
        {
            for (nint unit = start; unit < end; unit++)
            {
                MultiplyUnit(unit / RowRanges, unit % RowRanges, scratch, scratch + panelSize, scratch + panelSize + edgeSize);
                if (!FinishUnit(unit / RowRanges, unit % RowRanges))
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
    private void MultiplyUnit(nint panel, nint rowRange, T* packedPanel, T* edgeRows, T* edgeTile)
    {
        nint firstColumn = panel * TTile.Columns;
        nint columns = nint.Min(TTile.Columns, shape.Columns - firstColumn);
        nint firstRow = rowRange * RowsOfUnit;
        nint endRow = nint.Min(firstRow + RowsOfUnit, shape.Rows);
        nint firstDepth = 0;
        do
        {
            nint depth = nint.Min(DepthBlock, shape.Depth - firstDepth);
            CopyPadded(b + (firstDepth * shape.Columns) + firstColumn, shape.Columns, depth, columns, packedPanel, TTile.Columns, depth);
            for (nint row = firstRow; row < endRow; row += TTile.Rows)
            {
                nint rows = nint.Min(TTile.Rows, endRow - row);
                T* aTile = a + (row * shape.Depth) + firstDepth;
                T* cTile = c + (row * shape.Columns) + firstColumn;
                nint aStride = shape.Depth;
                if (rows < TTile.Rows)
                {
                    CopyPadded(aTile, shape.Depth, rows, depth, edgeRows, depth, TTile.Rows);
                    aTile = edgeRows;
                    aStride = depth;
                }

                if (rows == TTile.Rows && columns == TTile.Columns)
                {
                    TTile.Multiply(aTile, aStride, packedPanel, depth, cTile, shape.Columns, firstDepth > 0);
                    continue;
                }

                CopyPadded(cTile, shape.Columns, firstDepth > 0 ? rows : 0, columns, edgeTile, TTile.Columns, TTile.Rows);
                TTile.Multiply(aTile, aStride, packedPanel, depth, edgeTile, TTile.Columns, firstDepth > 0);
                CopyPadded(edgeTile, TTile.Columns, rows, columns, cTile, shape.Columns, rows, padColumns: false);
            }

            firstDepth += DepthBlock;
        }
        while (firstDepth < shape.Depth);
    }

    private bool FinishUnit(nint panel, nint rowRange)
    {
        ref TEpilogue finish = ref Unsafe.AsRef<TEpilogue>(epilogue);
        nint firstRow = rowRange * RowsOfUnit;
        nint endRow = nint.Min(firstRow + RowsOfUnit, shape.Rows);
        if (panels == 1)
        {
            return finish.Execute(0, firstRow * shape.Columns, endRow * shape.Columns);
        }

        nint firstColumn = panel * TTile.Columns;
        nint endColumn = nint.Min(firstColumn + TTile.Columns, shape.Columns);
        for (nint row = firstRow * shape.Columns; row < endRow * shape.Columns; row += shape.Columns)
        {
            if (!finish.Execute(0, row + firstColumn, row + endColumn))
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyPadded(
        T* source, nint sourceStride, nint rows, nint columns, T* target, nint targetStride, nint targetRows, bool padColumns = true)
    {
        var size = (uint)(columns * sizeof(T));
        var padding = padColumns ? (uint)((targetStride - columns) * sizeof(T)) : 0;
        for (nint row = 0; row < rows; row++)
        {
            Unsafe.CopyBlockUnaligned(target, source, size);
            if (padding > 0)
            {
                Unsafe.InitBlockUnaligned(target + columns, 0, padding);
            }

            source += sourceStride;
            target += targetStride;
        }

        for (nint row = rows; row < targetRows; row++)
        {
            Unsafe.InitBlockUnaligned(target, 0, (uint)(targetStride * sizeof(T)));
            target += targetStride;
        }
    }
}
