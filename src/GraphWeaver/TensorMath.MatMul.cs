using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.Kernels;
using GraphWeaver.Kernels.MatrixMultiplication;
using GraphWeaver.Kernels.Rows;

namespace GraphWeaver;

public static partial class TensorMath
{
    /// <summary>
    /// The matrix product: element (i, j) of the result is the sum over p of x(i, p) y(p, j). Tensors of more than two dimensions are
    /// stacks of matrices in their last two; the others are broadcast. For <see cref="float"/> and
    /// <see cref="double"/> the sum is in order of p, with fused multiply-add where the machine has it, so that it may differ
    /// from a plain loop by rounding; it depends on the row and the column alone, not on the other rows and columns, the layout or the
    /// number of threads. Integers wrap around.
    /// </summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="x">The left matrices, [..., m, k]; any layout; only large transposed ones are copied.</param>
    /// <param name="y">The right matrices, [..., k, n]; any layout; of float and double no more than a block is copied at a time.</param>
    /// <returns>A new dense tensor, [..., m, n]; zeros when k is 0.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="y"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// A tensor has less than two dimensions (a vector is made a matrix by <c>Tensor.Unsqueeze</c>), the inner lengths differ, or the
    /// leading lengths cannot be broadcast.
    /// </exception>
    public static Tensor<T> MatMul<T>(Tensor<T> x, Tensor<T> y)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T> =>
        Product(x, y, isPooled: false);

    /// <summary>The matrix product, into a tensor of the pool where <paramref name="isPooled"/>.</summary>
    internal static Tensor<T> Product<T>(Tensor<T> x, Tensor<T> y, bool isPooled)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T>
    {
        ThrowIfNotMatrices(x, nameof(x));
        ThrowIfNotMatrices(y, nameof(y));
        if (x.Lengths[^1] != y.Lengths[^2])
        {
            throw new ArgumentException(
                $"The matrices {Broadcasting.Text(x.Lengths[^2..])} and {Broadcasting.Text(y.Lengths[^2..])} cannot be multiplied: the inner lengths differ.",
                nameof(y));
        }

        ReadOnlySpan<nint> lengths = x.Rank == 2 && y.Rank == 2
            ? [x.Lengths[0], y.Lengths[1]]
            : [.. Broadcasting.Lengths(x.Lengths[..^2], y.Lengths[..^2], nameof(y)), x.Lengths[^2], y.Lengths[^1]];
        Tensor<T> result = isPooled ? TensorPool.Rent<T>(lengths) : Tensor.CreateFromShapeUninitialized<T>(lengths);
        if (!result.IsEmpty)
        {
            MatrixProduct.Compute(x, y, result, epilogue: default);
        }

        return result;
    }

    private static void ThrowIfNotMatrices<T>(Tensor<T> tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        if (tensor.Rank < 2)
        {
            throw new ArgumentException($"A matrix has two dimensions; this tensor has {tensor.Rank}.", name);
        }
    }
}
