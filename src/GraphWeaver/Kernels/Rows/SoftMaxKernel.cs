using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// Soft maximum in three steps that stay in the cache: the maximum, the exponentials with their sum, the quotients; by rows, or by blocks of
/// columns. Before: dense tensors of one shape, of float or double. After: every element of the result is written.
/// </summary>
internal readonly struct SoftMaxKernel<T>(Tensor<T> x, DimensionShape shape, Tensor<T> result) : IKernel
    where T : IFloatingPointIeee754<T>
{
    // One exponential, and what goes with it, in float additions.
    private const int Cost = 15;

    /// <summary>Computes the soft maximum.</summary>
    internal void Run()
    {
        if (result.FlattenedLength > 0)
        {
            RowRunner.Run<T, SoftMaxKernel<T>>(this, shape, Cost);
        }
    }

    public bool Execute(int chunk, nint start, nint end)
    {
        if (shape.Inner == 1)
        {
            for (nint row = start; row < end; row++)
            {
                ReadOnlySpan<T> values = DenseTensor.Span(x, row * shape.Length, shape.Length);
                Span<T> target = DenseTensor.Span(result, row * shape.Length, shape.Length);
                T sum = RowFunctions.ExpOfDifferences(values, TensorPrimitives.Max(values), target);
                TensorPrimitives.Divide(target, sum, target);
            }

            return true;
        }

        T[] buffer = ArrayPool<T>.Shared.Rent(2 * ColumnBlock.MaxCount);
        for (nint unit = start; unit < end; unit++)
        {
            ComputeColumns(ColumnBlock.Of(shape, unit), buffer.AsSpan(0, ColumnBlock.MaxCount), buffer.AsSpan(ColumnBlock.MaxCount, ColumnBlock.MaxCount));
        }

        ArrayPool<T>.Shared.Return(buffer);
        return true;
    }

    private void ComputeColumns(ColumnBlock columns, Span<T> maximum, Span<T> sum)
    {
        maximum = maximum[..columns.Count];
        sum = sum[..columns.Count];
        sum.Clear();
        ColumnFunctions.Maximum(x, columns.First, shape, maximum);
        for (nint index = 0; index < shape.Length; index++)
        {
            nint line = columns.First + (index * shape.Inner);
            ColumnFunctions.AddExponentials(DenseTensor.Span(x, line, columns.Count), maximum, DenseTensor.Span(result, line, columns.Count), sum);
        }

        for (nint index = 0; index < shape.Length; index++)
        {
            Span<T> target = DenseTensor.Span(result, columns.First + (index * shape.Inner), columns.Count);
            TensorPrimitives.Divide(target, sum, target);
        }
    }
}
