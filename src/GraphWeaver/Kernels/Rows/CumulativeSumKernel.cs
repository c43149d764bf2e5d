using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// The running sums of rows, one after the other, or of columns, a block of them at a time. Before: dense tensors of one shape. After: every element
/// of the result is written.
/// </summary>
internal readonly struct CumulativeSumKernel<T>(Tensor<T> x, DimensionShape shape, Tensor<T> result) : IKernel
    where T : INumberBase<T>
{
    /// <summary>Computes the sums.</summary>
    internal void Run() => RowRunner.Run<T, CumulativeSumKernel<T>>(this, shape, cost: 2);

    public bool Execute(int chunk, nint start, nint end)
    {
        for (nint unit = start; unit < end; unit++)
        {
            (nint line, _, int columns) = ColumnBlock.Of(shape, unit);
            if (shape.Inner == 1)
            {
                SumRow(DenseTensor.Span(x, line, shape.Length), DenseTensor.Span(result, line, shape.Length));
                continue;
            }

            for (nint index = 0; index < shape.Length; index++, line += shape.Inner)
            {
                Span<T> values = DenseTensor.Span(x, line, columns);
                Span<T> sums = DenseTensor.Span(result, line, columns);
                if (index == 0)
                {
                    values.CopyTo(sums);
                }
                else
                {
                    TensorPrimitives.Add(DenseTensor.Span(result, line - shape.Inner, columns), values, sums);
                }
            }
        }

        return true;
    }

    private static void SumRow(ReadOnlySpan<T> values, Span<T> sums)
    {
        T sum = T.Zero;
        for (int index = 0; index < sums.Length; index++)
        {
            sum = index == 0 ? values[0] : sum + values[index];
            sums[index] = sum;
        }
    }
}
