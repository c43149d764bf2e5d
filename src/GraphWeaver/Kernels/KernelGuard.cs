using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels;

/// <summary>
/// What a generated kernel asks before it starts, and how it reaches tensor memory. A kernel runs only on non-null, non-empty, dense
/// tensors of one shape; everything else (broadcasting, slices, empty tensors and every exception) is left to the original instructions.
/// For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KernelGuard
{
    /// <summary>Whether a kernel can read the tensor as one run of memory, of 1 to <see cref="int.MaxValue"/> elements.</summary>
    public static bool IsReady<T>([NotNullWhen(true)] Tensor<T>? tensor) =>
        tensor is not null && tensor.IsDense && tensor.FlattenedLength is > 0 and <= int.MaxValue;

    /// <summary>Whether a second tensor can be read beside a first that is ready: dense, and of the same lengths.</summary>
    public static bool HasShapeOf<T, TFirst>(Tensor<T>? tensor, Tensor<TFirst> first) =>
        tensor is not null && tensor.IsDense && tensor.Lengths.SequenceEqual(first.Lengths);

    /// <summary>A fresh tensor of the same lengths; its elements are not initialised.</summary>
    public static Tensor<TResult> Allocate<T, TResult>(Tensor<T> like) => Tensor.CreateFromShapeUninitialized<TResult>(like.Lengths);

    /// <summary>The number of elements.</summary>
    public static nint Length<T>(Tensor<T> tensor) => tensor.FlattenedLength;

    /// <summary>The first element of a dense tensor.</summary>
    public static ref T Data<T>(Tensor<T> tensor) => ref Unsafe.AsRef(in tensor.GetPinnableReference());

    /// <summary>A tile of memory as a span to read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<T> Input<T>(ref T first, nint count) => MemoryMarshal.CreateReadOnlySpan(ref first, (int)count);

    /// <summary>A tile of memory as a span to write.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> Output<T>(ref T first, nint count) => MemoryMarshal.CreateSpan(ref first, (int)count);
}
