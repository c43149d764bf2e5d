using System.ComponentModel;
using System.Numerics.Tensors;

namespace GraphWeaver.ILGPU.Kernels.Products;

/// <summary>The lengths and strides of a product of two stacks of matrices.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DeviceProduct
{
    internal int Rows;
    internal int Columns;
    internal int Depth;
    internal int Matrices;
    internal DeviceMatrices Left;
    internal DeviceMatrices Right;

    /// <summary>The product of two tensors that can be multiplied.</summary>
    /// <returns>False where a batch does not go on evenly, or a tensor has more elements than an int counts.</returns>
    internal static bool TryOf<T>(Tensor<T> x, Tensor<T> y, nint length, out DeviceProduct product)
    {
        product = new DeviceProduct { Rows = (int)x.Lengths[^2], Columns = (int)y.Lengths[^1], Depth = (int)x.Lengths[^1] };
        if (length > int.MaxValue || product.Rows != x.Lengths[^2] || product.Columns != y.Lengths[^1] || product.Depth != x.Lengths[^1])
        {
            return false;
        }

        product.Matrices = (int)(length / ((nint)product.Rows * product.Columns));
        return DeviceMatrices.TryOf(x, product.Matrices, out product.Left) && DeviceMatrices.TryOf(y, product.Matrices, out product.Right);
    }
}
