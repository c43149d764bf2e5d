using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GraphWeaver.Kernels.Moves;

namespace GraphWeaver.Kernels;

/// <content>A new dimension, and one taken apart.</content>
public static partial class KernelMoves
{
    /// <inheritdoc cref="Tensor.Stack{T}(ReadOnlySpan{Tensor{T}})"/>
    public static Tensor<T> Stack<T>(ReadOnlySpan<Tensor<T>> tensors) => StackAlongDimension(0, tensors);

    /// <inheritdoc cref="Tensor.Stack{T}(in ReadOnlySpan{Tensor{T}}, in TensorSpan{T})"/>
    public static ref readonly TensorSpan<T> Stack<T>(scoped in ReadOnlySpan<Tensor<T>> tensors, in TensorSpan<T> destination) =>
        ref StackAlongDimension(tensors, in destination, 0);

    /// <inheritdoc cref="Tensor.StackAlongDimension{T}(int, ReadOnlySpan{Tensor{T}})"/>
    public static Tensor<T> StackAlongDimension<T>(int dimension, ReadOnlySpan<Tensor<T>> tensors)
    {
        Span<nint> room = stackalloc nint[KernelLayout.MaxRank];
        ReadOnlySpan<nint> lengths = Stacked(dimension, tensors, room);
        if (!Layouts.TryGetCount(lengths, out _))
        {
            return Tensor.StackAlongDimension(dimension, tensors);
        }

        Tensor<T> result = Tensor.CreateFromShapeUninitialized<T>(lengths);
        Pile(dimension, tensors, ref result.GetPinnableReference(), result.Strides);
        return result;
    }

    /// <inheritdoc cref="Tensor.StackAlongDimension{T}(ReadOnlySpan{Tensor{T}}, in TensorSpan{T}, int)"/>
    public static ref readonly TensorSpan<T> StackAlongDimension<T>(scoped ReadOnlySpan<Tensor<T>> tensors, in TensorSpan<T> destination, int dimension)
    {
        Span<nint> room = stackalloc nint[KernelLayout.MaxRank];
        ReadOnlySpan<nint> lengths = Stacked(dimension, tensors, room);
        if (!lengths.SequenceEqual(destination.Lengths) || !CanTake(in destination, tensors, lengths))
        {
            return ref Tensor.StackAlongDimension(tensors, in destination, dimension);
        }

        Pile(dimension, tensors, ref Unsafe.AsRef(in destination.GetPinnableReference()), destination.Strides);
        return ref destination;
    }

    /// <inheritdoc cref="Tensor.Split{T}(in ReadOnlyTensorSpan{T}, int, nint)"/>
    public static Tensor<T>[] Split<T>(scoped in ReadOnlyTensorSpan<T> tensor, int splitCount, nint dimension)
    {
        if (!CanRead(in tensor) || splitCount <= 0 || dimension < 0 || dimension >= tensor.Rank || tensor.Lengths[(int)dimension] % splitCount != 0)
        {
            return Tensor.Split(in tensor, splitCount, dimension);
        }

        Span<nint> room = stackalloc nint[KernelLayout.MaxRank];
        Span<nint> lengths = room[..tensor.Rank];
        tensor.Lengths.CopyTo(lengths);
        lengths[(int)dimension] /= splitCount;
        ref T next = ref Unsafe.AsRef(in tensor.GetPinnableReference());
        var parts = new Tensor<T>[splitCount];
        for (int index = 0; index < parts.Length; index++)
        {
            Tensor<T> part = parts[index] = Tensor.CreateFromShapeUninitialized<T>(lengths);
            ElementMove<T>.Run(ref next, tensor.Strides, ref part.GetPinnableReference(), part.Strides, lengths, part.FlattenedLength);
            next = ref Unsafe.Add(ref next, lengths[(int)dimension] * tensor.Strides[(int)dimension]);
        }

        return parts;
    }

    private static bool CanRead<T>(in ReadOnlyTensorSpan<T> tensor) =>
        !tensor.IsEmpty && tensor.Rank <= KernelLayout.MaxRank && tensor.FlattenedLength <= Array.MaxLength;

    /// <summary>The lengths of a stack of tensors; none where the tensors are not as usual.</summary>
    private static ReadOnlySpan<nint> Stacked<T>(int dimension, ReadOnlySpan<Tensor<T>> tensors, Span<nint> room)
    {
        if (tensors.Length < 2 || tensors[0] is not { } first || first.Rank >= room.Length || dimension < 0 || dimension > first.Rank)
        {
            return [];
        }

        foreach (Tensor<T> tensor in tensors)
        {
            if (tensor is null || !tensor.Lengths.SequenceEqual(first.Lengths))
            {
                return [];
            }
        }

        first.Lengths[..dimension].CopyTo(room);
        room[dimension] = tensors.Length;
        first.Lengths[dimension..].CopyTo(room[(dimension + 1)..]);
        return room[..(first.Rank + 1)];
    }

    /// <summary>Copies tensors side by side along a dimension that they do not have.</summary>
    private static void Pile<T>(int dimension, ReadOnlySpan<Tensor<T>> tensors, ref T first, ReadOnlySpan<nint> strides)
    {
        Span<nint> room = stackalloc nint[KernelLayout.MaxRank];
        Span<nint> written = room[..(strides.Length - 1)];
        strides[..dimension].CopyTo(written);
        strides[(dimension + 1)..].CopyTo(written[dimension..]);
        ref T next = ref first;
        foreach (Tensor<T> tensor in tensors)
        {
            ElementMove<T>.Run(ref tensor.GetPinnableReference(), tensor.Strides, ref next, written, tensor.Lengths, tensor.FlattenedLength);
            next = ref Unsafe.Add(ref next, strides[dimension]);
        }
    }
}
