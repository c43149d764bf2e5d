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
    /// <summary>The layout of the product of two stacks of matrices, which is dense.</summary>
    /// <returns>False where they cannot be multiplied, and where the product is empty or longer than a kernel takes.</returns>
    public static bool TryGetLayout<T>([NotNullWhen(true)] Tensor<T>? x, [NotNullWhen(true)] Tensor<T>? y, out KernelLayout layout)
    {
        layout = default;
        if (x is null || y is null || x.Rank < 2 || y.Rank < 2 || Math.Max(x.Rank, y.Rank) > KernelLayout.MaxRank || x.Lengths[^1] != y.Lengths[^2]
            || x.IsEmpty || y.IsEmpty)
        {
            return false;
        }

        layout.Rank = Math.Max(x.Rank, y.Rank);
        nint count = 1;
        for (int fromEnd = 1; fromEnd <= layout.Rank; fromEnd++)
        {
            nint left = fromEnd == 1 || fromEnd > x.Rank ? 1 : x.Lengths[^fromEnd];
            nint right = fromEnd == 2 || fromEnd > y.Rank ? 1 : y.Lengths[^fromEnd];
            nint length = left == 1 ? right : left;
            if ((left != right && left != 1 && right != 1) || length > int.MaxValue / count)
            {
                return false;
            }

            layout.Lengths[layout.Rank - fromEnd] = length;
            layout.Strides[layout.Rank - fromEnd] = count;
            count *= length;
        }

        return true;
    }

    /// <summary>The lengths of a product.</summary>
    public static ReadOnlySpan<nint> Shape([UnscopedRef] ref readonly KernelLayout layout) => ((ReadOnlySpan<nint>)layout.Lengths)[..layout.Rank];

    /// <summary>The number of elements of a product.</summary>
    public static nint Length(ref readonly KernelLayout layout) => layout.Lengths[0] * layout.Strides[0];

    /// <summary>Whether the product of two stacks of matrices has the given lengths.</summary>
    public static bool HasShape<T>([NotNullWhen(true)] Tensor<T>? x, [NotNullWhen(true)] Tensor<T>? y, ReadOnlySpan<nint> shape) =>
        TryGetLayout(x, y, out KernelLayout layout) && Shape(in layout).SequenceEqual(shape);

    /// <summary>The least distance of an element from the tensor's first.</summary>
    public static nint Lowest(ref readonly KernelAccess access) => access.Lowest;

    /// <summary>The largest distance of an element from the tensor's first.</summary>
    public static nint Highest(ref readonly KernelAccess access) => access.Highest;

    /// <summary>Whether matrices share no memory with elements that lie from <paramref name="lowest"/> to <paramref name="highest"/> after the first.</summary>
    public static bool IsApart<T, TOther>(Tensor<T> matrices, ref TOther first, nint lowest, nint highest)
    {
        nint last = 0;
        for (int dimension = 0; dimension < matrices.Rank; dimension++)
        {
            last += (matrices.Lengths[dimension] - 1) * matrices.Strides[dimension];
        }

        nint distance = Unsafe.ByteOffset(
            ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in matrices.GetPinnableReference())), ref Unsafe.As<TOther, byte>(ref first));
        return distance + (lowest * Unsafe.SizeOf<TOther>()) >= (last + 1) * Unsafe.SizeOf<T>() || distance + ((highest + 1) * Unsafe.SizeOf<TOther>()) <= 0;
    }

    /// <summary><see cref="TensorMath.MatMul{T}(Tensor{T}, Tensor{T})"/> into a tensor of the pool.</summary>
    public static Tensor<T> MatMul<T>(Tensor<T> x, Tensor<T> y)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T> =>
        TensorMath.Product(x, y, isPooled: true);

    /// <summary>Multiplies matrices into a dense tensor that has the product's shape.</summary>
    public static void Multiply<T>(Tensor<T> x, Tensor<T> y, Tensor<T> result)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T> =>
        MatrixProduct.Compute(x, y, result);

    /// <summary>
    /// Multiplies matrices into a dense tensor that has the product's shape, and runs a kernel over each block of it that is finished, while it
    /// is in cache. The kernel lies on the stack, costs <paramref name="cost"/> float additions an element, and may write over the elements it is run
    /// over. False when it gave up.
    /// </summary>
    public static bool Run<T, TKernel>(Tensor<T> x, Tensor<T> y, Tensor<T> result, ref TKernel kernel, int cost)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T>
        where TKernel : struct, IKernel, allows ref struct =>
        MatrixProduct.Compute(x, y, result, ref kernel, cost);
}
