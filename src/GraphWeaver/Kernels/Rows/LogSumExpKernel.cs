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

        nint columns = nint.Min(shape.Inner, RowRunner.ColumnBlock);
        RowRunner.Run<T, LogSumExpKernel<T>>(this, shape.Outer * RowRunner.Blocks(shape.Inner), Cost * shape.Length * columns);
    }

    public bool Execute(int chunk, nint start, nint end)
    {
        T[] buffer = ArrayPool<T>.Shared.Rent(3 * RowRunner.ColumnBlock);
        for (nint unit = start; unit < end; unit++)
        {
            if (shape.Inner == 1)
            {
                DenseTensor.Span(result, unit, 1)[0] = OfRow(DenseTensor.Span(x, unit * shape.Length, shape.Length), buffer);
            }
            else
            {
                ComputeColumns(unit, buffer);
            }
        }

        ArrayPool<T>.Shared.Return(buffer);
        return true;
    }

    private static T OfRow(ReadOnlySpan<T> row, Span<T> buffer)
    {
        T maximum = FiniteOrZero(TensorPrimitives.Max(row));
        T sum = T.Zero;
        for (int start = 0; start < row.Length; start += RowRunner.ColumnBlock)
        {
            ReadOnlySpan<T> block = row.Slice(start, Math.Min(RowRunner.ColumnBlock, row.Length - start));
            sum += RowFunctions.ExpOfDifferences(block, maximum, buffer[..block.Length]);
        }

        return maximum + T.Log(sum);
    }

    private void ComputeColumns(nint unit, Span<T> buffer)
    {
        (nint outer, nint block) = Math.DivRem(unit, RowRunner.Blocks(shape.Inner));
        nint firstColumn = block * RowRunner.ColumnBlock;
        var columns = (int)nint.Min(RowRunner.ColumnBlock, shape.Inner - firstColumn);
        nint first = (outer * shape.Length * shape.Inner) + firstColumn;
        Span<T> maximum = buffer[..columns];
        Span<T> sum = buffer.Slice(RowRunner.ColumnBlock, columns);
        Span<T> exponentials = buffer.Slice(2 * RowRunner.ColumnBlock, columns);
        ColumnFunctions.Maximum(x, first, shape, maximum);
        for (int column = 0; column < columns; column++)
        {
            maximum[column] = FiniteOrZero(maximum[column]);
        }

        sum.Clear();
        for (nint index = 0; index < shape.Length; index++)
        {
            ColumnFunctions.AddExponentials(DenseTensor.Span(x, first + (index * shape.Inner), columns), maximum, exponentials, sum);
        }

        Span<T> target = DenseTensor.Span(result, (outer * shape.Inner) + firstColumn, columns);
        for (int column = 0; column < columns; column++)
        {
            target[column] = maximum[column] + T.Log(sum[column]);
        }
    }

    private static T FiniteOrZero(T value) => T.IsFinite(value) ? value : T.Zero;
}
