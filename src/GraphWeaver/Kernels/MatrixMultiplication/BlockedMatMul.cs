using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// Matrix products in units of work (<see cref="MatMulUnits"/>). A unit that is finished, and still in cache, is handed to the epilogue row by row:
/// its elements are all that may read of C. Every element is summed in the same order whatever the units and threads are.
/// Before: none of the results is empty, they are row-major and follow each other; the depth may be 0. After: C is overwritten, by the products, or where
/// there is a <paramref name="bias"/>, one element per row, by that plus the products; and the epilogue has run over all of it, or given up.
/// </summary>
internal readonly unsafe struct BlockedMatMul<T, TTile, TSource>(
    StridedMatrices<T> a, TSource b, T* c, MatMulShape shape, nint batches, T* bias, KernelEpilogue epilogue) : IKernel
    where T : unmanaged
    where TTile : struct, IMatMulTile<T>
    where TSource : struct, IPanelSource<T>
{
    // Products in the time of one float addition of a kernel that is bound by memory.
    private const int ProductsPerAddition = 8;

    private readonly MatMulUnits units = MatMulUnits.Of(
        shape, batches, TTile.Rows, TTile.Columns, RightReading.Of<T, TSource>(shape, b), hasEpilogue: !epilogue.IsNone);

    /// <summary>Computes the products.</summary>
    /// <returns>False when the epilogue gave up.</returns>
    internal bool Run()
    {
        nint unitCost = units.RowsOfUnit * units.PanelsOfUnit * TTile.Columns * ((shape.Depth / ProductsPerAddition) + epilogue.Cost);
        BlockedMatMul<T, TTile, TSource> kernel = this;
        return KernelRunner.RunRows(ref kernel, batches * units.Count, (int)nint.Clamp(unitCost, 1, int.MaxValue));
    }

    public bool Execute(int chunk, nint start, nint end)
    {
        var product = new UnitProduct<T, TTile, TSource>(a, b, c, shape, bias);
        nint scratchSize = product.ScratchSize;
        T* scratch = scratchSize == 0 ? null : (T*)NativeMemory.AlignedAlloc((nuint)(scratchSize * sizeof(T)), 64);
        try
        {
            for (nint unit = start; unit < end; unit++)
            {
                (nint batch, nint inBatch) = Math.DivRem(unit, units.Count);
                (nint panelRange, nint rowRange) = Math.DivRem(inBatch, units.RowRanges);
                nint firstRow = rowRange * units.RowsOfUnit;
                nint endRow = nint.Min(firstRow + units.RowsOfUnit, shape.Rows);
                nint firstColumn = panelRange * units.PanelsOfUnit * TTile.Columns;
                nint endColumn = nint.Min(firstColumn + (units.PanelsOfUnit * TTile.Columns), shape.Columns);
                product.Multiply(batch, firstRow, endRow, firstColumn, endColumn, scratch);
                if (!Finish(batch, firstRow, endRow, firstColumn, endColumn))
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

    private bool Finish(nint batch, nint firstRow, nint endRow, nint firstColumn, nint endColumn)
    {
        if (epilogue.IsNone)
        {
            return true;
        }

        nint start = ((batch * shape.Rows) + firstRow) * shape.Columns;
        nint end = ((batch * shape.Rows) + endRow) * shape.Columns;
        if (endColumn - firstColumn == shape.Columns)
        {
            return epilogue.Run(start, end);
        }

        for (nint row = start; row < end; row += shape.Columns)
        {
            if (!epilogue.Run(row + firstColumn, row + endColumn))
            {
                return false;
            }
        }

        return true;
    }
}
