using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels.Rows;

/// <summary>A tensor as one run of memory in row-major order.</summary>
internal static class DenseTensor
{
    /// <summary>The tensor itself where it is one run of memory, else a copy that is.</summary>
    internal static Tensor<T> Of<T>(Tensor<T> tensor) => tensor.IsDense ? tensor : CopyOf(tensor);

    /// <summary>A dense copy.</summary>
    internal static Tensor<T> CopyOf<T>(Tensor<T> tensor)
    {
        Tensor<T> copy = Tensor.CreateFromShapeUninitialized<T>(tensor.Lengths);
        if (tensor.IsDense)
        {
            Span(tensor, 0, tensor.FlattenedLength).CopyTo(Span(copy, 0, copy.FlattenedLength));
        }
        else
        {
            new StridedCopyKernel<T>(tensor, copy).Run();
        }

        return copy;
    }

    /// <summary>The first element; a null reference where there is none.</summary>
    internal static ref T First<T>(Tensor<T> tensor) =>
        ref tensor.IsEmpty ? ref Unsafe.NullRef<T>() : ref tensor.GetPinnableReference();

    /// <summary>A run of elements of a dense tensor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Span<T> Span<T>(Tensor<T> tensor, nint start, nint length) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref tensor.GetPinnableReference(), start), checked((int)length));

    /// <summary>A tensor by the name of its own type, where generic code knows the type only at run time.</summary>
    internal static Tensor<T> As<T, TFrom>(Tensor<TFrom> tensor) => (Tensor<T>)(object)tensor;
}
