using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// The logarithm of a sum of exponentials, with the maximum taken out first, by blocks of a row or of columns, whose exponentials are in a small buffer.
/// Before: a dense tensor of float or double. After: every element of the result is written.
/// </summary>
internal readonly struct LogSumExpKernel<T>(Tensor<T> x, DimensionShape shape, Tensor<T> result) : IKernel
    where T : IFloatingPointIeee754<T>
{
    // One exponential, and what goes with it, in float additions.
    private const int Cost = 13;

    /// <summary>Computes the logarithms.</summary>
    internal void Run()
    {
        if (shape.Length == 0)
        {
            DenseTensor.Span(result, 0, result.FlattenedLength).Fill(T.NegativeInfinity);
            return;
        }

        RowRunner.Run<T, LogSumExpKernel<T>>(this, shape, Cost);
    }

    public bool Execute(int chunk, nint start, nint end)
    {
        T[] buffer = ArrayPool<T>.Shared.Rent(3 * ColumnBlock.MaxCount);
        for (nint unit = start; unit < end; unit++)
        {
            if (shape.Inner == 1)
            {
                DenseTensor.Span(result, unit, 1)[0] = OfRow(DenseTensor.Span(x, unit * shape.Length, shape.Length), buffer);
            }
            else
            {
                ComputeColumns(ColumnBlock.Of(shape, unit), buffer);
            }
        }

        ArrayPool<T>.Shared.Return(buffer);
        return true;
    }

    private static T OfRow(ReadOnlySpan<T> row, Span<T> buffer)
    {
        T maximum = FiniteOrZero(TensorPrimitives.Max(row));
        T sum = T.Zero;
        for (int start = 0; start < row.Length; start += ColumnBlock.MaxCount)
        {
            ReadOnlySpan<T> block = row.Slice(start, Math.Min(ColumnBlock.MaxCount, row.Length - start));
            sum += RowFunctions.ExpOfDifferences(block, maximum, buffer[..block.Length]);
        }

        return maximum + T.Log(sum);
    }

    private void ComputeColumns(ColumnBlock columns, Span<T> buffer)
    {
        Span<T> maximum = buffer[..columns.Count];
        Span<T> sum = buffer.Slice(ColumnBlock.MaxCount, columns.Count);
        Span<T> exponentials = buffer.Slice(2 * ColumnBlock.MaxCount, columns.Count);
        ColumnFunctions.Maximum(x, columns.First, shape, maximum);
        for (int column = 0; column < maximum.Length; column++)
        {
            maximum[column] = FiniteOrZero(maximum[column]);
        }

        sum.Clear();
        for (nint index = 0; index < shape.Length; index++)
        {
            ColumnFunctions.AddExponentials(DenseTensor.Span(x, columns.First + (index * shape.Inner), columns.Count), maximum, exponentials, sum);
        }

        Span<T> target = DenseTensor.Span(result, columns.Value, columns.Count);
        for (int column = 0; column < target.Length; column++)
        {
            target[column] = maximum[column] + T.Log(sum[column]);
        }
    }

    private static T FiniteOrZero(T value) => T.IsFinite(value) ? value : T.Zero;
}
