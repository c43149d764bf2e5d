using System.ComponentModel;
using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.Kernels.MatrixMultiplication;

namespace GraphWeaver.Kernels;

/// <summary>The product of two stacks of matrices: <see cref="TensorMath.MatMul{T}"/> within a kernel. For generated code.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <param name="x">The left matrices.</param>
/// <param name="y">The right matrices.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MatMulProduct<T>(Tensor<T>? x, Tensor<T>? y) : IKernelProduct<T>
    where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T>
{
    /// <inheritdoc/>
    public bool TryGetLayout(out KernelLayout layout)
    {
        layout = default;
        if (x is null || y is null || x.Rank < 2 || y.Rank < 2 || Math.Max(x.Rank, y.Rank) > KernelLayout.MaxRank || x.Lengths[^1] != y.Lengths[^2]
            || x.IsEmpty || y.IsEmpty)
        {
            return false;
        }

        layout.Rank = Math.Max(x.Rank, y.Rank);
        for (int fromEnd = 1; fromEnd <= layout.Rank; fromEnd++)
        {
            nint left = fromEnd == 1 || fromEnd > x.Rank ? 1 : x.Lengths[^fromEnd];
            nint right = fromEnd == 2 || fromEnd > y.Rank ? 1 : y.Lengths[^fromEnd];
            if (left != right && left != 1 && right != 1)
            {
                return false;
            }

            layout.Lengths[layout.Rank - fromEnd] = left == 1 ? right : left;
        }

        return layout.TryMakeDense();
    }

    /// <inheritdoc/>
    public bool IsApart<TOther>(ref TOther first, nint lowest, nint highest) =>
        KernelProducts.IsApart(x!, ref first, lowest, highest) && KernelProducts.IsApart(y!, ref first, lowest, highest);

    /// <inheritdoc/>
    public bool Compute(Tensor<T> result, KernelEpilogue epilogue) =>
        MatrixProduct.Compute(x!, y!, result, epilogue);
}
