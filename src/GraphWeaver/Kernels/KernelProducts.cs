using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GraphWeaver.Kernels.MatrixMultiplication;

namespace GraphWeaver.Kernels;

/// <summary>
/// Matrix products within kernels: what is asked first, and the product itself, whose finished blocks a kernel goes on with. The code is that of
/// <see cref="TensorMath.MatMul{T}(Tensor{T}, Tensor{T})"/>, so the bits are. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KernelProducts
{
    /// <summary>The lengths of the product of two matrices, written to <paramref name="room"/>.</summary>
    /// <returns>False where they cannot be multiplied, and where the product is empty or longer than a kernel takes.</returns>
    public static bool TryGetShape<T>(
        [NotNullWhen(true)] Tensor<T>? x, [NotNullWhen(true)] Tensor<T>? y, ref MatrixLengths room, [UnscopedRef] out ReadOnlySpan<nint> shape)
    {
        shape = default;
        if (x is null || y is null || x.Rank != 2 || y.Rank != 2 || x.Lengths[1] != y.Lengths[0] || x.IsEmpty || y.IsEmpty
            || x.Lengths[0] > int.MaxValue / y.Lengths[1])
        {
            return false;
        }

        room[0] = x.Lengths[0];
        room[1] = y.Lengths[1];
        shape = room;
        return true;
    }

    /// <summary>Whether the product of two matrices has the given lengths.</summary>
    public static bool HasShape<T>([NotNullWhen(true)] Tensor<T>? x, [NotNullWhen(true)] Tensor<T>? y, ReadOnlySpan<nint> shape)
    {
        MatrixLengths room = default;
        return TryGetShape(x, y, ref room, out ReadOnlySpan<nint> own) && own.SequenceEqual(shape);
    }

    /// <summary>The layout of the product of two matrices, which is dense; false as from <see cref="TryGetShape"/>.</summary>
    public static bool TryGetLayout<T>([NotNullWhen(true)] Tensor<T>? x, [NotNullWhen(true)] Tensor<T>? y, out KernelLayout layout)
    {
        layout = default;
        MatrixLengths room = default;
        if (!TryGetShape(x, y, ref room, out ReadOnlySpan<nint> shape))
        {
            return false;
        }

        layout.Rank = shape.Length;
        shape.CopyTo(layout.Lengths);
        layout.Strides[0] = shape[1];
        layout.Strides[1] = 1;
        return true;
    }

    /// <summary>The number of elements of a product.</summary>
    public static nint Length(ReadOnlySpan<nint> shape) => shape[0] * shape[1];

    /// <summary>The least distance of an element from the tensor's first.</summary>
    public static nint Lowest(ref readonly KernelAccess access) => access.Lowest;

    /// <summary>The largest distance of an element from the tensor's first.</summary>
    public static nint Highest(ref readonly KernelAccess access) => access.Highest;

    /// <summary>Whether a matrix shares no memory with elements that lie from <paramref name="lowest"/> to <paramref name="highest"/> after the first.</summary>
    public static bool IsApart<T, TOther>(Tensor<T> matrix, ref TOther first, nint lowest, nint highest)
    {
        nint last = ((matrix.Lengths[0] - 1) * matrix.Strides[0]) + ((matrix.Lengths[1] - 1) * matrix.Strides[1]);
        nint distance = Unsafe.ByteOffset(
            ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in matrix.GetPinnableReference())), ref Unsafe.As<TOther, byte>(ref first));
        return distance + (lowest * Unsafe.SizeOf<TOther>()) >= (last + 1) * Unsafe.SizeOf<T>() || distance + ((highest + 1) * Unsafe.SizeOf<TOther>()) <= 0;
    }

    /// <summary><see cref="TensorMath.MatMul{T}(Tensor{T}, Tensor{T})"/> into a tensor of the pool.</summary>
    public static Tensor<T> MatMul<T>(Tensor<T> x, Tensor<T> y)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T> =>
        TensorMath.MatMul(x, y, isPooled: true);

    /// <summary>Multiplies two matrices into a dense matrix that begins at <paramref name="result"/>.</summary>
    public static void Multiply<T>(Tensor<T> x, Tensor<T> y, ref T result)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T>
    {
        NoEpilogue none = default;
        TensorMath.Multiply(x, y, ref result, ref none, epilogueCost: 0);
    }

    /// <summary>
    /// Multiplies two matrices into a dense one that begins at <paramref name="result"/>, and runs a kernel over each block of it that is finished,
    /// while it is in cache. The kernel lies on the stack, costs <paramref name="cost"/> float additions an element, and may write over the elements it
    /// is run over. False when it gave up.
    /// </summary>
    public static bool Run<T, TKernel>(Tensor<T> x, Tensor<T> y, ref T result, ref TKernel kernel, int cost)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T>
        where TKernel : struct, IKernel, allows ref struct =>
        TensorMath.Multiply(x, y, ref result, ref kernel, cost);
}
