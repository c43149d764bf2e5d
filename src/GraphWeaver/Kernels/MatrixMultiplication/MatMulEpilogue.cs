using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// What is done with the elements of a product once they are finished: a kernel over the elements of the results in row-major order, by its
/// address, since other threads run it. It has no part in the sums, so the product has the same bits with any.
/// </summary>
/// <param name="kernel">The kernel; it does not move.</param>
/// <param name="cost">The cost of one of its elements in float additions.</param>
internal readonly unsafe struct MatMulEpilogue<TKernel>(void* kernel, int cost)
    where TKernel : struct, IKernel, allows ref struct
{
    internal int Cost => cost;

    internal bool IsNone => typeof(TKernel) == typeof(NoEpilogue);

    /// <summary>Runs the kernel over finished elements.</summary>
    /// <returns>False when it gave up.</returns>
    internal bool Run(nint start, nint end) => IsNone || Unsafe.AsRef<TKernel>(kernel).Execute(0, start, end);
}
