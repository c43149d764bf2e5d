using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GraphWeaver.Kernels.Rows;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// Matrix products of any type of element, row by row: a row of a result is the sum of the rows of B, each times an element of A.
/// Types that have vectors go through <see cref="TensorPrimitives"/>; others are multiplied in the order written, since their multiplication
/// need not commute. A finished row is handed to the epilogue. Before: a of any layout, b and c dense, offsets say where each batch's matrices
/// start. After: C is overwritten, and the epilogue has run over all of it, or given up.
/// </summary>
internal readonly struct RowMatMul<T>(
    Tensor<T> a, nint[] aOffsets, Tensor<T> b, nint[] bOffsets, Tensor<T> c, KernelEpilogue epilogue) : IKernel
    where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T>
{
    private readonly MatMulShape shape = MatMulShape.Of(a, b);

    /// <summary>Computes the products.</summary>
    /// <returns>False when the epilogue gave up.</returns>
    internal bool Run() =>
        RowRunner.Run<T, RowMatMul<T>>(this, aOffsets.Length * shape.Rows, shape.Columns * (shape.Depth + epilogue.Cost));

    public bool Execute(int chunk, nint start, nint end)
    {
        nint rowStride = a.Strides[^2];
        nint columnStride = a.Strides[^1];
        for (nint row = start; row < end; row++)
        {
            (nint batch, nint rowOfBatch) = Math.DivRem(row, shape.Rows);
            Span<T> sum = DenseTensor.Span(c, row * shape.Columns, shape.Columns);
            sum.Fill(T.AdditiveIdentity);
            nint factor = aOffsets[batch] + (rowOfBatch * rowStride);
            for (nint p = 0; p < shape.Depth; p++)
            {
                AddProduct(
                    Unsafe.Add(ref DenseTensor.First(a), factor + (p * columnStride)),
                    DenseTensor.Span(b, bOffsets[batch] + (p * shape.Columns), shape.Columns),
                    sum);
            }

            if (!epilogue.Run(row * shape.Columns, (row + 1) * shape.Columns))
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
