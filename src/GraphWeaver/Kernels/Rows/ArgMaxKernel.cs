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
    internal void Run()
    {
        nint columns = nint.Min(shape.Inner, RowRunner.ColumnBlock);
        RowRunner.Run<T, ArgMaxKernel<T>>(this, shape.Outer * RowRunner.Blocks(shape.Inner), 2 * shape.Length * columns);
    }

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

        T[] largest = ArrayPool<T>.Shared.Rent(RowRunner.ColumnBlock);
        for (nint unit = start; unit < end; unit++)
        {
            FindInColumns(unit, largest);
        }

        ArrayPool<T>.Shared.Return(largest);
        return true;
    }

    private void FindInColumns(nint unit, Span<T> largest)
    {
        (nint outer, nint block) = Math.DivRem(unit, RowRunner.Blocks(shape.Inner));
        nint firstColumn = block * RowRunner.ColumnBlock;
        nint columns = nint.Min(RowRunner.ColumnBlock, shape.Inner - firstColumn);
        nint first = (outer * shape.Length * shape.Inner) + firstColumn;
        Span<long> indices = DenseTensor.Span(result, (outer * shape.Inner) + firstColumn, columns);
        indices.Clear();
        largest = largest[..indices.Length];
        DenseTensor.Span(x, first, columns).CopyTo(largest);
        for (nint line = 1; line < shape.Length; line++)
        {
            ReadOnlySpan<T> values = DenseTensor.Span(x, first + (line * shape.Inner), columns);
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
