using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels;

/// <summary>
/// What a generated kernel asks before it starts where its tensors are dense and of one shape, and how it reaches tensor memory. What it says no to is
/// asked again by way of a <see cref="KernelSpace"/>. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KernelGuard
{
    /// <summary>Whether a kernel can read the tensor as one run of memory, of 1 to <see cref="int.MaxValue"/> elements.</summary>
    public static bool IsReady<T>([NotNullWhen(true)] Tensor<T>? tensor) =>
        tensor is not null && tensor.IsDense && tensor.FlattenedLength is > 0 and <= int.MaxValue;

    /// <inheritdoc cref="IsReady{T}(Tensor{T})"/>
    public static bool IsReady<T>(ref readonly TensorSpan<T> span) => span.IsDense && span.FlattenedLength is > 0 and <= int.MaxValue;

    /// <inheritdoc cref="IsReady{T}(Tensor{T})"/>
    public static bool IsReady<T>(ref readonly ReadOnlyTensorSpan<T> span) => span.IsDense && span.FlattenedLength is > 0 and <= int.MaxValue;

    /// <summary>Whether a tensor can be read beside one that is ready: dense, and of the same lengths.</summary>
    public static bool HasShape<T>([NotNullWhen(true)] Tensor<T>? tensor, ReadOnlySpan<nint> shape) =>
        tensor is not null && tensor.IsDense && tensor.Lengths.SequenceEqual(shape);

    /// <inheritdoc cref="HasShape{T}(Tensor{T}, ReadOnlySpan{nint})"/>
    public static bool HasShape<T>(ref readonly TensorSpan<T> span, ReadOnlySpan<nint> shape) => span.IsDense && span.Lengths.SequenceEqual(shape);

    /// <inheritdoc cref="HasShape{T}(Tensor{T}, ReadOnlySpan{nint})"/>
    public static bool HasShape<T>(ref readonly ReadOnlyTensorSpan<T> span, ReadOnlySpan<nint> shape) =>
        span.IsDense && span.Lengths.SequenceEqual(shape);

    /// <summary>The length of each dimension.</summary>
    public static ReadOnlySpan<nint> Shape<T>(Tensor<T> tensor) => tensor.Lengths;

    /// <inheritdoc cref="Shape{T}(Tensor{T})"/>
    public static ReadOnlySpan<nint> Shape<T>(ref readonly TensorSpan<T> span) => span.Lengths;

    /// <inheritdoc cref="Shape{T}(Tensor{T})"/>
    public static ReadOnlySpan<nint> Shape<T>(ref readonly ReadOnlyTensorSpan<T> span) => span.Lengths;

    /// <summary>A fresh tensor of the given lengths; its elements are not initialised.</summary>
    public static Tensor<T> Allocate<T>(ReadOnlySpan<nint> shape) => Tensor.CreateFromShapeUninitialized<T>(shape);

    /// <summary>A tensor nobody needs any more if it is there and has the given lengths, else a fresh one.</summary>
    public static Tensor<T> Reuse<T>(Tensor<T>? spare, ReadOnlySpan<nint> shape) => HasShape(spare, shape) ? spare : Allocate<T>(shape);

    /// <summary>The number of elements.</summary>
    public static nint Length<T>(Tensor<T> tensor) => tensor.FlattenedLength;

    /// <inheritdoc cref="Length{T}(Tensor{T})"/>
    public static nint Length<T>(ref readonly TensorSpan<T> span) => span.FlattenedLength;

    /// <inheritdoc cref="Length{T}(Tensor{T})"/>
    public static nint Length<T>(ref readonly ReadOnlyTensorSpan<T> span) => span.FlattenedLength;

    /// <summary>The first element of a dense tensor.</summary>
    public static ref T Data<T>(Tensor<T> tensor) => ref Unsafe.AsRef(in tensor.GetPinnableReference());

    /// <inheritdoc cref="Data{T}(Tensor{T})"/>
    public static ref T Data<T>(ref readonly TensorSpan<T> span) => ref span.GetPinnableReference();

    /// <inheritdoc cref="Data{T}(Tensor{T})"/>
    public static ref T Data<T>(ref readonly ReadOnlyTensorSpan<T> span) => ref Unsafe.AsRef(in span.GetPinnableReference());

    /// <summary>Whether two runs of <paramref name="length"/> elements share no memory.</summary>
    public static bool AreApart<T1, T2>(ref T1 first, ref T2 second, nint length)
    {
        nint distance = Unsafe.ByteOffset(ref Unsafe.As<T1, byte>(ref first), ref Unsafe.As<T2, byte>(ref second));
        return distance >= length * Unsafe.SizeOf<T1>() || -distance >= length * Unsafe.SizeOf<T2>();
    }

    /// <summary>Whether two runs of <paramref name="length"/> elements share no memory, or are the same run.</summary>
    public static bool AreApartOrEqual<T1, T2>(ref T1 first, ref T2 second, nint length) =>
        Unsafe.AreSame(ref Unsafe.As<T1, byte>(ref first), ref Unsafe.As<T2, byte>(ref second)) || AreApart(ref first, ref second, length);

    /// <summary>A tile of memory as a span to read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<T> Input<T>(ref T first, nint count) => MemoryMarshal.CreateReadOnlySpan(ref first, (int)count);

    /// <summary>A tile of memory as a span to write.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> Output<T>(ref T first, nint count) => MemoryMarshal.CreateSpan(ref first, (int)count);
}
