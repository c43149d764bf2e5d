using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// The index of the largest element of each row, or of each column, which is copied to be contiguous first.
/// Before: the dimension is not empty. After: every element of the result is written.
/// </summary>
internal readonly struct ArgMaxKernel<T>(Tensor<T> x, DimensionShape shape, Tensor<long> result) : IKernel
    where T : INumber<T>
{
    /// <summary>Finds the indices.</summary>
    internal void Run() => RowRunner.Run<T, ArgMaxKernel<T>>(this, shape.Outer * shape.Inner, shape.Length);

    public bool Execute(int chunk, nint start, nint end)
    {
        Span<long> indices = DenseTensor.Span(result, start, end - start);
        if (shape.Inner == 1)
        {
            for (nint row = start; row < end; row++)
            {
                indices[(int)(row - start)] = TensorPrimitives.IndexOfMax<T>(DenseTensor.Span(x, row * shape.Length, shape.Length));
            }

            return true;
        }

        T[] column = ArrayPool<T>.Shared.Rent(checked((int)shape.Length));
        for (nint unit = start; unit < end; unit++)
        {
            (nint outer, nint inner) = Math.DivRem(unit, shape.Inner);
            ref T first = ref DenseTensor.Span(x, (outer * shape.Length * shape.Inner) + inner, 1)[0];
            for (int index = 0; index < shape.Length; index++)
            {
                column[index] = Unsafe.Add(ref first, index * shape.Inner);
            }

            indices[(int)(unit - start)] = TensorPrimitives.IndexOfMax(column.AsSpan(0, (int)shape.Length));
        }

        ArrayPool<T>.Shared.Return(column);
        return true;
    }
}
