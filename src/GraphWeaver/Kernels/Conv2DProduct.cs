using System.ComponentModel;
using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.Kernels.Convolution;

namespace GraphWeaver.Kernels;

/// <summary>
/// The convolution of images: <see cref="TensorMath.Conv2D{T}(Tensor{T}, Tensor{T}, Tensor{T}, int, int)"/> within a kernel. For generated code.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <param name="input">The images.</param>
/// <param name="weights">The filters.</param>
/// <param name="bias">The term of each filter, or null for zeros.</param>
/// <param name="stride">The distance of two windows.</param>
/// <param name="padding">The rows and columns of zeros at each side.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Conv2DProduct<T>(Tensor<T>? input, Tensor<T>? weights, Tensor<T>? bias, int stride, int padding) : IKernelProduct<T>
    where T : INumberBase<T>
{
    /// <summary>A convolution without terms.</summary>
    public Conv2DProduct(Tensor<T>? input, Tensor<T>? weights, int stride, int padding)
        : this(input, weights, bias: null, stride, padding)
    {
    }

    /// <inheritdoc/>
    public bool TryGetLayout(out KernelLayout layout)
    {
        layout = default;
        if (input is not { Rank: 4, IsEmpty: false } || weights is not { Rank: 4, IsEmpty: false } || stride < 1 || padding < 0
            || (bias is not null && (bias.Rank != 1 || bias.Lengths[0] != weights.Lengths[0]))
            || ConvolutionShape.TryOf(input, weights, stride, padding) is not { } shape)
        {
            return false;
        }

        layout.Rank = 4;
        (layout.Lengths[0], layout.Lengths[1], layout.Lengths[2], layout.Lengths[3]) = (shape.Images, shape.Filters, shape.Rows, shape.Columns);
        return layout.TryMakeDense();
    }

    /// <inheritdoc/>
    public bool IsApart<TOther>(ref TOther first, nint lowest, nint highest) =>
        KernelProducts.IsApart(input!, ref first, lowest, highest) && KernelProducts.IsApart(weights!, ref first, lowest, highest)
        && (bias is null || KernelProducts.IsApart(bias, ref first, lowest, highest));

    /// <inheritdoc/>
    public bool Compute(Tensor<T> result, KernelEpilogue epilogue) =>
        ImageConvolution.Compute(input!, weights!, bias, result, ConvolutionShape.Of(input!, weights!, stride, padding), epilogue);
}
