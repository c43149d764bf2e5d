using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// The index of the largest element of each row, or of columns side by side, a block of them at a time.
/// Before: the dimension is not empty. After: every element of the result is written.
/// </summary>
internal readonly struct ArgMaxKernel<T>(Tensor<T> x, DimensionShape shape, Tensor<long> result) : IKernel
    where T : INumber<T>
{
    /// <summary>Finds the indices.</summary>
    internal void Run() => RowRunner.Run<T, ArgMaxKernel<T>>(this, shape, cost: 2);

    public bool Execute(int chunk, nint start, nint end)
    {
        if (shape.Inner == 1)
        {
            Span<long> indices = DenseTensor.Span(result, start, end - start);
            for (nint row = start; row < end; row++)
            {
                indices[(int)(row - start)] = TensorPrimitives.IndexOfMax<T>(DenseTensor.Span(x, row * shape.Length, shape.Length));
            }

            return true;
        }

        T[] largest = ArrayPool<T>.Shared.Rent(ColumnBlock.MaxCount);
        for (nint unit = start; unit < end; unit++)
        {
            FindInColumns(ColumnBlock.Of(shape, unit), largest);
        }

        ArrayPool<T>.Shared.Return(largest);
        return true;
    }

    private void FindInColumns(ColumnBlock columns, Span<T> largest)
    {
        Span<long> indices = DenseTensor.Span(result, columns.Value, columns.Count);
        indices.Clear();
        largest = largest[..indices.Length];
        DenseTensor.Span(x, columns.First, columns.Count).CopyTo(largest);
        for (nint line = 1; line < shape.Length; line++)
        {
            ReadOnlySpan<T> values = DenseTensor.Span(x, columns.First + (line * shape.Inner), columns.Count);
            for (int column = 0; column < values.Length; column++)
            {
                if (IsLarger(values[column], largest[column]))
                {
                    largest[column] = values[column];
                    indices[column] = line;
                }
            }
        }
    }

    private static bool IsLarger(T value, T largest) =>
        value > largest
        || (value == largest ? T.IsNegative(largest) && !T.IsNegative(value) : T.IsNaN(value) && !T.IsNaN(largest));
}
