using System.Numerics.Tensors;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>The product of an [Rows, Depth] and a [Depth, Columns] matrix.</summary>
internal readonly record struct MatMulShape(nint Rows, nint Columns, nint Depth)
{
    /// <summary>The product of the matrices in the last two dimensions of two tensors.</summary>
    internal static MatMulShape Of<T>(Tensor<T> x, Tensor<T> y) => new(x.Lengths[^2], y.Lengths[^1], x.Lengths[^1]);
}
