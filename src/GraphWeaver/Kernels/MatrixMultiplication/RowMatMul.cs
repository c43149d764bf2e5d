using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// A matrix product of any type of element, row by row: a row of the result is the sum of the rows of B, each times an element of A.
/// Types that have vectors go through <see cref="TensorPrimitives"/>; others are multiplied in the order written, since their multiplication
/// need not commute. A finished row is handed to the epilogue. Before: row-major matrices. After: C is overwritten, and the epilogue has run
/// over all of it, or given up.
/// </summary>
internal readonly unsafe ref struct RowMatMul<T, TEpilogue> : IKernel
    where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T>
    where TEpilogue : struct, IKernel, allows ref struct
{
    private readonly ref readonly T a;
    private readonly ref readonly T b;
    private readonly ref T c;
    private readonly MatMulShape shape;
    private readonly void* epilogue;

    internal RowMatMul(in T a, in T b, ref T c, MatMulShape shape, void* epilogue)
    {
        this.epilogue = epilogue;
        this.a = ref a;
        this.b = ref b;
        this.c = ref c;
        this.shape = shape;
    }

    /// <summary>Computes the product; on several threads for types of the framework, whose operators are known to be pure.</summary>
    /// <param name="epilogueCost">The cost of an element of the epilogue in float additions.</param>
    /// <returns>False when the epilogue gave up.</returns>
    internal bool Run(int epilogueCost)
    {
        if (!Vector<T>.IsSupported)
        {
            return Execute(0, 0, shape.Rows);
        }

        RowMatMul<T, TEpilogue> kernel = this;
        return KernelRunner.RunRows(ref kernel, shape.Rows, (int)nint.Clamp(shape.Columns * (shape.Depth + epilogueCost), 1, int.MaxValue));
    }

    public bool Execute(int chunk, nint start, nint end)
    {
        for (nint row = start; row < end; row++)
        {
            Span<T> sum = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref c, row * shape.Columns), checked((int)shape.Columns));
            sum.Fill(T.AdditiveIdentity);
            for (nint p = 0; p < shape.Depth; p++)
            {
                T factor = Unsafe.Add(ref Unsafe.AsRef(in a), (row * shape.Depth) + p);
                AddProduct(factor, MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref Unsafe.AsRef(in b), p * shape.Columns), sum.Length), sum);
            }

            if (!Unsafe.AsRef<TEpilogue>(epilogue).Execute(0, row * shape.Columns, (row + 1) * shape.Columns))
            {
                return false;
            }
        }

        return true;
    }

    private static void AddProduct(T factor, ReadOnlySpan<T> row, Span<T> sum)
    {
        if (Vector<T>.IsSupported)
        {
            TensorPrimitives.MultiplyAdd(row, factor, sum, sum);
            return;
        }

        for (int i = 0; i < row.Length; i++)
        {
            sum[i] += factor * row[i];
        }
    }
}
