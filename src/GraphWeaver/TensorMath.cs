using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GraphWeaver.Kernels;
using GraphWeaver.Kernels.MatrixMultiplication;

namespace GraphWeaver;

/// <summary>What <see cref="Tensor"/> lacks, in its naming style. The operations work by themselves; woven methods call the same code.</summary>
public static class TensorMath
{
    /// <summary>
    /// The matrix product: element (i, j) of the result is the sum over p of x(i, p) y(p, j). For <see cref="float"/> and
    /// <see cref="double"/> the sum is in order of p in blocks, with fused multiply-add where the machine has it, so that it may differ
    /// from a plain loop by rounding; it does not depend on the number of threads. Integers wrap around.
    /// </summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="x">The left matrix, [m, k]; any layout.</param>
    /// <param name="y">The right matrix, [k, n]; any layout.</param>
    /// <returns>A new dense tensor, [m, n]; zeros when k is 0.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="y"/> is null.</exception>
    /// <exception cref="ArgumentException">A tensor does not have two dimensions, or the inner lengths differ.</exception>
    public static Tensor<T> MatMul<T>(Tensor<T> x, Tensor<T> y)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T> =>
        MatMul(x, y, isPooled: false);

    /// <inheritdoc cref="MatMul{T}(Tensor{T}, Tensor{T})"/>
    internal static Tensor<T> MatMul<T>(Tensor<T> x, Tensor<T> y, bool isPooled)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T>
    {
        ThrowIfNotMatrix(x, nameof(x));
        ThrowIfNotMatrix(y, nameof(y));
        if (x.Lengths[1] != y.Lengths[0])
        {
            throw new ArgumentException(
                $"The matrices [{x.Lengths[0]}, {x.Lengths[1]}] and [{y.Lengths[0]}, {y.Lengths[1]}] cannot be multiplied: the inner lengths differ.",
                nameof(y));
        }

        ReadOnlySpan<nint> lengths = [x.Lengths[0], y.Lengths[1]];
        Tensor<T> result = isPooled ? TensorPool.Rent<T>(lengths) : Tensor.CreateFromShapeUninitialized<T>(lengths);
        if (!result.IsEmpty)
        {
            NoEpilogue none = default;
            Multiply(x, y, ref Reference(result), ref none, epilogueCost: 0);
        }

        return result;
    }

    /// <summary>Multiplies matrices of any layout whose inner lengths are equal and whose product is not empty, as <see cref="MatMulDispatcher"/> does.</summary>
    internal static bool Multiply<T, TEpilogue>(Tensor<T> x, Tensor<T> y, ref T result, ref TEpilogue epilogue, int epilogueCost)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T>
        where TEpilogue : struct, IKernel, allows ref struct
    {
        var shape = new MatMulShape(x.Lengths[0], y.Lengths[1], x.Lengths[1]);
        return MatMulDispatcher.Multiply(in Reference(RowMajor(x)), in Reference(RowMajor(y)), ref result, shape, ref epilogue, epilogueCost);
    }

    private static void ThrowIfNotMatrix<T>(Tensor<T> tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        if (tensor.Rank != 2)
        {
            throw new ArgumentException($"A matrix has two dimensions; this tensor has {tensor.Rank}.", name);
        }
    }

    // A dimension of length 1 may have any stride.
    private static Tensor<T> RowMajor<T>(Tensor<T> matrix)
    {
        bool isRowMajor = (matrix.Lengths[1] == 1 || matrix.Strides[1] == 1) && (matrix.Lengths[0] == 1 || matrix.Strides[0] == matrix.Lengths[1]);
        if (isRowMajor || matrix.IsEmpty)
        {
            return matrix;
        }

        Tensor<T> copy = Tensor.CreateFromShapeUninitialized<T>(matrix.Lengths);
        matrix.CopyTo(copy.AsTensorSpan());
        return copy;
    }

    private static ref T Reference<T>(Tensor<T> tensor) =>
        ref tensor.IsEmpty ? ref Unsafe.NullRef<T>() : ref tensor.GetPinnableReference();
}
