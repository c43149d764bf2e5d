using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels.Products;

/// <summary>Where the elements of a stack of matrices are.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DeviceMatrices
{
    internal int Matrix;
    internal int Row;
    internal int Column;

    /// <summary>The place of an element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly int At(int matrix, int row, int column) => (matrix * Matrix) + (row * Row) + (column * Column);

    /// <summary>The matrices of an operand: as many as the product has, or one for all.</summary>
    internal static bool TryOf<T>(Tensor<T> tensor, int matrices, out DeviceMatrices result)
    {
        result = default;
        ReadOnlySpan<nint> lengths = tensor.Lengths;
        ReadOnlySpan<nint> strides = tensor.Strides;
        long last = 0;
        for (int dimension = 0; dimension < lengths.Length; dimension++)
        {
            last += (long)(lengths[dimension] - 1) * strides[dimension];
        }

        if (last >= int.MaxValue)
        {
            return false;
        }

        (result.Row, result.Column) = ((int)strides[^2], (int)strides[^1]);
        long count = 1;
        long next = 0;
        for (int dimension = lengths.Length - 3; dimension >= 0; dimension--)
        {
            if (lengths[dimension] == 1)
            {
                continue;
            }

            if (count == 1)
            {
                result.Matrix = (int)strides[dimension];
            }
            else if (strides[dimension] != next)
            {
                return false;
            }

            count *= lengths[dimension];
            next = (long)strides[dimension] * lengths[dimension];
        }

        return count == 1 || count == matrices;
    }
}
