using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GraphWeaver.Kernels.Moves;

namespace GraphWeaver.Kernels;

/// <content>The same elements backwards, where no kernel reads them so.</content>
public static partial class KernelMoves
{
    /// <inheritdoc cref="Tensor.Reverse{T}(in ReadOnlyTensorSpan{T})"/>
    public static Tensor<T> Reverse<T>(in ReadOnlyTensorSpan<T> tensor) => ReverseDimension(in tensor, -1);

    /// <inheritdoc cref="Tensor.Reverse{T}(in ReadOnlyTensorSpan{T}, in TensorSpan{T})"/>
    public static ref readonly TensorSpan<T> Reverse<T>(scoped in ReadOnlyTensorSpan<T> tensor, in TensorSpan<T> destination) =>
        ref ReverseDimension(in tensor, in destination, -1);

    /// <inheritdoc cref="Tensor.ReverseDimension{T}(in ReadOnlyTensorSpan{T}, int)"/>
    public static Tensor<T> ReverseDimension<T>(in ReadOnlyTensorSpan<T> tensor, int dimension)
    {
        if (!CanRead(in tensor) || dimension < -1 || dimension >= tensor.Rank)
        {
            return Tensor.ReverseDimension(in tensor, dimension);
        }

        Tensor<T> result = Tensor.CreateFromShapeUninitialized<T>(tensor.Lengths);
        CopyBackwards(in tensor, dimension, ref result.GetPinnableReference(), result.Strides);
        return result;
    }

    /// <inheritdoc cref="Tensor.ReverseDimension{T}(in ReadOnlyTensorSpan{T}, in TensorSpan{T}, int)"/>
    public static ref readonly TensorSpan<T> ReverseDimension<T>(scoped in ReadOnlyTensorSpan<T> tensor, in TensorSpan<T> destination, int dimension)
    {
        if (!CanRead(in tensor) || dimension < -1 || dimension >= tensor.Rank || !tensor.Lengths.SequenceEqual(destination.Lengths)
            || Layouts.Repeats(destination.Lengths, destination.Strides) || !IsApart(in tensor, in destination))
        {
            return ref Tensor.ReverseDimension(in tensor, in destination, dimension);
        }

        CopyBackwards(in tensor, dimension, ref Unsafe.AsRef(in destination.GetPinnableReference()), destination.Strides);
        return ref destination;
    }

    /// <summary>Reads one dimension from its end, or all of them: from the last element on, against the strides.</summary>
    private static void CopyBackwards<T>(scoped in ReadOnlyTensorSpan<T> tensor, int dimension, ref T destination, ReadOnlySpan<nint> destinationStrides)
    {
        Span<nint> room = stackalloc nint[KernelLayout.MaxRank];
        Span<nint> strides = room[..tensor.Rank];
        tensor.Strides.CopyTo(strides);
        ref T first = ref Unsafe.AsRef(in tensor.GetPinnableReference());
        for (int reversed = 0; reversed < strides.Length; reversed++)
        {
            if (dimension is -1 || dimension == reversed)
            {
                first = ref Unsafe.Add(ref first, (tensor.Lengths[reversed] - 1) * strides[reversed]);
                strides[reversed] = -strides[reversed];
            }
        }

        ElementMove<T>.Run(ref first, strides, ref destination, destinationStrides, tensor.Lengths, tensor.FlattenedLength);
    }
}
