using System.Numerics;

namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// Runs row kernels: on several threads for types that vectors have, whose operators are known to be pure, and on the calling thread for the
/// rest.
/// </summary>
internal static class RowRunner
{
    /// <summary>Runs a kernel over its rows.</summary>
    /// <returns>False when it gave up.</returns>
    internal static bool Run<T, TKernel>(TKernel kernel, nint rows, nint cost)
        where TKernel : struct, IKernel =>
        Vector<T>.IsSupported
            ? KernelRunner.RunRows(ref kernel, rows, (int)nint.Clamp(cost, 1, int.MaxValue))
            : rows <= 0 || kernel.Execute(0, 0, rows);

    /// <summary>Runs a kernel over its rows, or over its blocks of columns; <paramref name="cost"/> is that of an element in float additions.</summary>
    internal static void Run<T, TKernel>(TKernel kernel, DimensionShape shape, int cost)
        where TKernel : struct, IKernel =>
        Run<T, TKernel>(kernel, ColumnBlock.BlocksOf(shape), cost * shape.Length * nint.Min(shape.Inner, ColumnBlock.MaxCount));
}
