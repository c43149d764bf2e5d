using System.Numerics.Tensors;

namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// Reduces one dimension of a dense tensor: rows of their own where it is the last one, else columns side by side, line after line, a block of
/// them at a time. Before: the dimension is not empty, or the value of an empty row is zero. After: every element of the result is written.
/// </summary>
internal readonly struct ReductionKernel<T, TReduction>(Tensor<T> x, DimensionShape shape, Tensor<T> result) : IKernel
    where TReduction : struct, IReduction<T>
{
    /// <summary>Reduces the dimension.</summary>
    internal void Run() => RowRunner.Run<T, ReductionKernel<T, TReduction>>(this, shape, cost: 1);

    public bool Execute(int chunk, nint start, nint end)
    {
        for (nint unit = start; unit < end; unit++)
        {
            if (shape.Inner == 1)
            {
                DenseTensor.Span(result, unit, 1)[0] = TReduction.OfRow(DenseTensor.Span(x, unit * shape.Length, shape.Length));
            }
            else
            {
                ReduceColumns(ColumnBlock.Of(shape, unit));
            }
        }

        return true;
    }

    private void ReduceColumns(ColumnBlock columns)
    {
        Span<T> running = DenseTensor.Span(result, columns.Value, columns.Count);
        if (shape.Length == 0)
        {
            running.Fill(TReduction.OfRow([]));
            return;
        }

        DenseTensor.Span(x, columns.First, columns.Count).CopyTo(running);
        for (nint index = 1; index < shape.Length; index++)
        {
            TReduction.Combine(running, DenseTensor.Span(x, columns.First + (index * shape.Inner), columns.Count));
        }
    }
}
