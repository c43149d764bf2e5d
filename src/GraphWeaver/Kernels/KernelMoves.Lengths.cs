using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GraphWeaver.Kernels.Moves;

namespace GraphWeaver.Kernels;

/// <content>The same elements in another number.</content>
public static partial class KernelMoves
{
    /// <inheritdoc cref="Tensor.Resize{T}(Tensor{T}, ReadOnlySpan{nint})"/>
    public static Tensor<T> Resize<T>(Tensor<T> tensor, ReadOnlySpan<nint> lengths)
    {
        if (tensor is null || !CanRead<T>(tensor) || !Layouts.TryGetCount(lengths, out nint count))
        {
            return Tensor.Resize(tensor!, lengths);
        }

        Tensor<T> result = count <= tensor.FlattenedLength
            ? Tensor.CreateFromShapeUninitialized<T>(lengths, tensor.IsPinned)
            : Tensor.CreateFromShape<T>(lengths, tensor.IsPinned);
        Flatten<T>(tensor, ref result.GetPinnableReference(), nint.Min(count, tensor.FlattenedLength));
        return result;
    }

    /// <inheritdoc cref="Tensor.ResizeTo{T}(in Tensor{T}, in TensorSpan{T})"/>
    public static void ResizeTo<T>(scoped in Tensor<T> tensor, in TensorSpan<T> destination) => ResizeTo((ReadOnlyTensorSpan<T>)tensor, in destination);

    /// <inheritdoc cref="Tensor.ResizeTo{T}(in TensorSpan{T}, in TensorSpan{T})"/>
    public static void ResizeTo<T>(scoped in TensorSpan<T> tensor, in TensorSpan<T> destination) => ResizeTo((ReadOnlyTensorSpan<T>)tensor, in destination);

    /// <inheritdoc cref="Tensor.ResizeTo{T}(in ReadOnlyTensorSpan{T}, in TensorSpan{T})"/>
    public static void ResizeTo<T>(scoped in ReadOnlyTensorSpan<T> tensor, in TensorSpan<T> destination)
    {
        if (!CanRead(in tensor) || !destination.IsDense || !CanRead<T>(destination) || !IsApart(in tensor, in destination))
        {
            Tensor.ResizeTo(in tensor, in destination);
            return;
        }

        nint count = nint.Min(tensor.FlattenedLength, destination.FlattenedLength);
        ref T first = ref Unsafe.AsRef(in destination.GetPinnableReference());
        Flatten(in tensor, ref first, count);
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref first, count), (int)(destination.FlattenedLength - count)).Clear();
    }

    /// <summary>Copies the first elements of a tensor side by side.</summary>
    private static void Flatten<T>(scoped in ReadOnlyTensorSpan<T> tensor, ref T first, nint count)
    {
        Span<nint> strides = stackalloc nint[KernelLayout.MaxRank];
        ElementMove<T>.Run(
            ref Unsafe.AsRef(in tensor.GetPinnableReference()), tensor.Strides, ref first, Layouts.DenseStrides(tensor.Lengths, strides), tensor.Lengths, count);
    }
}
