using System.Buffers;
using System.Numerics.Tensors;
using GraphWeaver.Kernels.Rows;

namespace GraphWeaver.Kernels.Convolution;

/// <summary>
/// Reduces windows of images: the rows a window covers are combined into one, whole rows at a time, and then the windows' parts of that row. With a
/// stride of 1 the second step combines shifted runs. Before: dense tensors, windows that fit. After: every element of the result is written.
/// </summary>
internal readonly struct PoolKernel<T, TReduction>(Tensor<T> x, int size, int stride, Tensor<T> result) : IKernel
    where TReduction : struct, IReduction<T>
{
    /// <summary>Reduces the windows.</summary>
    internal void Run()
    {
        if (!result.IsEmpty)
        {
            nint rows = result.FlattenedLength / result.Lengths[3];
            RowRunner.Run<T, PoolKernel<T, TReduction>>(this, rows, (x.Lengths[3] * size) + (4 * result.Lengths[3] * size));
        }
    }

    public bool Execute(int chunk, nint start, nint end)
    {
        var width = checked((int)x.Lengths[3]);
        T[] buffer = ArrayPool<T>.Shared.Rent(width);
        Span<T> combined = buffer.AsSpan(0, width);
        for (nint row = start; row < end; row++)
        {
            (nint plane, nint rowOfPlane) = Math.DivRem(row, result.Lengths[2]);
            nint first = ((plane * x.Lengths[2]) + (rowOfPlane * stride)) * width;
            DenseTensor.Span(x, first, width).CopyTo(combined);
            for (int down = 1; down < size; down++)
            {
                TReduction.Combine(combined, DenseTensor.Span(x, first + (down * width), width));
            }

            CombineColumns(combined, DenseTensor.Span(result, row * result.Lengths[3], result.Lengths[3]));
        }

        ArrayPool<T>.Shared.Return(buffer);
        return true;
    }

    private void CombineColumns(ReadOnlySpan<T> combined, Span<T> target)
    {
        for (int right = 0; right < size; right++)
        {
            if (stride == 1)
            {
                ReadOnlySpan<T> shifted = combined.Slice(right, target.Length);
                if (right == 0)
                {
                    shifted.CopyTo(target);
                }
                else
                {
                    TReduction.Combine(target, shifted);
                }

                continue;
            }

            for (int column = 0; column < target.Length; column++)
            {
                T value = combined[(column * stride) + right];
                target[column] = right == 0 ? value : TReduction.Combine(target[column], value);
            }
        }
    }
}
