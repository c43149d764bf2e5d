using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GraphWeaver.Kernels.Moves;

namespace GraphWeaver.Kernels;

/// <summary>
/// The members of <see cref="Tensor"/> that move elements, by the same names and signatures and with the same answers: in blocks of memory and on
/// several threads where shapes are as usual. Whatever eager throws at, takes as a special case or has nothing to move for is left to eager itself,
/// before anything is made or written. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class KernelMoves
{
    /// <inheritdoc cref="Tensor.Concatenate{T}(ReadOnlySpan{Tensor{T}})"/>
    public static Tensor<T> Concatenate<T>(ReadOnlySpan<Tensor<T>> tensors) => ConcatenateOnDimension(0, tensors);

    /// <inheritdoc cref="Tensor.Concatenate{T}(ReadOnlySpan{Tensor{T}}, in TensorSpan{T})"/>
    public static ref readonly TensorSpan<T> Concatenate<T>(scoped ReadOnlySpan<Tensor<T>> tensors, in TensorSpan<T> destination) =>
        ref ConcatenateOnDimension(0, tensors, in destination);

    /// <inheritdoc cref="Tensor.ConcatenateOnDimension{T}(int, ReadOnlySpan{Tensor{T}})"/>
    public static Tensor<T> ConcatenateOnDimension<T>(int dimension, ReadOnlySpan<Tensor<T>> tensors)
    {
        Span<nint> room = stackalloc nint[KernelLayout.MaxRank];
        ReadOnlySpan<nint> lengths = Concatenated(dimension, tensors, room);
        if (!Layouts.TryGetCount(lengths, out _))
        {
            return Tensor.ConcatenateOnDimension(dimension, tensors);
        }

        Tensor<T> result = Tensor.CreateFromShapeUninitialized<T>(lengths);
        Join(dimension, tensors, ref result.GetPinnableReference(), result.Strides);
        return result;
    }

    /// <inheritdoc cref="Tensor.ConcatenateOnDimension{T}(int, ReadOnlySpan{Tensor{T}}, in TensorSpan{T})"/>
    public static ref readonly TensorSpan<T> ConcatenateOnDimension<T>(int dimension, scoped ReadOnlySpan<Tensor<T>> tensors, in TensorSpan<T> destination)
    {
        Span<nint> room = stackalloc nint[KernelLayout.MaxRank];
        ReadOnlySpan<nint> lengths = Concatenated(dimension, tensors, room);
        bool fits = dimension == -1 ? destination.IsDense && lengths is [nint count] && count == destination.FlattenedLength : lengths.SequenceEqual(destination.Lengths);
        if (!fits || !CanTake(in destination, tensors, lengths))
        {
            return ref Tensor.ConcatenateOnDimension(dimension, tensors, in destination);
        }

        Join(dimension, tensors, ref Unsafe.AsRef(in destination.GetPinnableReference()), destination.Strides);
        return ref destination;
    }

    /// <summary>The lengths of what some tensors make put together; none where the tensors are not as usual.</summary>
    private static ReadOnlySpan<nint> Concatenated<T>(int dimension, ReadOnlySpan<Tensor<T>> tensors, Span<nint> room)
    {
        if (tensors.Length < 2 || tensors[0] is not { } first || first.Rank > room.Length || dimension < -1 || dimension >= first.Rank)
        {
            return [];
        }

        nint total = 0;
        foreach (Tensor<T> tensor in tensors)
        {
            if (tensor is null || tensor.Rank > room.Length)
            {
                return [];
            }

            if (dimension != -1 && (tensor.Rank != first.Rank || !tensor.Lengths[..dimension].SequenceEqual(first.Lengths[..dimension])
                || !tensor.Lengths[(dimension + 1)..].SequenceEqual(first.Lengths[(dimension + 1)..])))
            {
                return [];
            }

            nint added = dimension == -1 ? tensor.FlattenedLength : tensor.Lengths[dimension];
            if (added > Array.MaxLength - total)
            {
                return [];
            }

            total += added;
        }

        if (dimension == -1)
        {
            room[0] = total;
            return room[..1];
        }

        first.Lengths.CopyTo(room);
        room[dimension] = total;
        return room[..first.Rank];
    }

    /// <summary>Whether the elements of tensors can go to a destination in any order.</summary>
    private static bool CanTake<T>(in TensorSpan<T> destination, ReadOnlySpan<Tensor<T>> tensors, ReadOnlySpan<nint> lengths)
    {
        if (!Layouts.TryGetCount(lengths, out _) || Layouts.Repeats(destination.Lengths, destination.Strides))
        {
            return false;
        }

        foreach (Tensor<T> tensor in tensors)
        {
            if (!tensor.IsEmpty && !IsApart<T>(tensor, in destination))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsApart<T>(in ReadOnlyTensorSpan<T> source, in TensorSpan<T> destination) => Layouts.AreApart(
        ref Unsafe.AsRef(in source.GetPinnableReference()), source.Lengths, source.Strides,
        ref Unsafe.AsRef(in destination.GetPinnableReference()), destination.Lengths, destination.Strides);

    /// <summary>Copies tensors one behind the other along a dimension; -1: all the elements of one behind those of the other.</summary>
    private static void Join<T>(int dimension, ReadOnlySpan<Tensor<T>> tensors, ref T first, ReadOnlySpan<nint> strides)
    {
        Span<nint> room = stackalloc nint[KernelLayout.MaxRank];
        ref T next = ref first;
        foreach (Tensor<T> tensor in tensors)
        {
            if (!tensor.IsEmpty)
            {
                ReadOnlySpan<nint> written = dimension == -1 ? Layouts.DenseStrides(tensor.Lengths, room) : strides;
                ElementMove<T>.Run(ref tensor.GetPinnableReference(), tensor.Strides, ref next, written, tensor.Lengths, tensor.FlattenedLength);
                next = ref Unsafe.Add(ref next, dimension == -1 ? tensor.FlattenedLength : tensor.Lengths[dimension] * strides[dimension]);
            }
        }
    }
}
