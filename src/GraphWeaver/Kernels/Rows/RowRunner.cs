using System.Numerics;

namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// Runs row kernels: on several threads for types that vectors have, whose operators are known to be pure, and on the calling thread for the
/// rest.
/// </summary>
internal static class RowRunner
{
    /// <summary>The most columns that are worked on together where a kernel goes down columns: their running values stay in the first-level cache.</summary>
    internal const int ColumnBlock = 512;

    /// <summary>Runs a kernel over its rows.</summary>
    /// <returns>False when it gave up.</returns>
    internal static bool Run<T, TKernel>(TKernel kernel, nint rows, nint cost)
        where TKernel : struct, IKernel =>
        Vector<T>.IsSupported
            ? KernelRunner.RunRows(ref kernel, rows, (int)nint.Clamp(cost, 1, int.MaxValue))
            : rows <= 0 || kernel.Execute(0, 0, rows);

    /// <summary>The number of blocks of columns.</summary>
    internal static nint Blocks(nint columns) => (columns + ColumnBlock - 1) / ColumnBlock;
}
