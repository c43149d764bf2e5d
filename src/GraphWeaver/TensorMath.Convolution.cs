using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.Kernels;
using GraphWeaver.Kernels.Convolution;
using GraphWeaver.Kernels.MatrixMultiplication;

namespace GraphWeaver;

public static partial class TensorMath
{
    /// <summary>
    /// The two-dimensional convolution of images, as neural networks mean it (a correlation: the weights are not turned round): element (n, o, i, j) is the sum
    /// over c, p and q of input(n, c, i stride + p - padding, j stride + q - padding) weights(o, c, p, q), with zeros around the image. It
    /// is a matrix product, float and double on the tiles of <see cref="MatMul"/> with its order of summation and its rounding; the matrix of windows is
    /// never in memory as a whole. Integers wrap around.
    /// </summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="input">The images, [n, c, h, w]; any layout.</param>
    /// <param name="weights">The filters, [o, c, p, q]; any layout.</param>
    /// <param name="stride">The distance of two windows, in both directions.</param>
    /// <param name="padding">The rows and columns of zeros at each side.</param>
    /// <returns>A new dense tensor, [n, o, (h + 2 padding - p) / stride + 1, (w + 2 padding - q) / stride + 1], quotients rounded down.</returns>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    /// <exception cref="ArgumentException">A tensor does not have four dimensions, their channels differ, or the filters are empty or larger than the padded image.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stride"/> is below 1 or <paramref name="padding"/> below 0.</exception>
    public static Tensor<T> Conv2D<T>(Tensor<T> input, Tensor<T> weights, int stride = 1, int padding = 0)
        where T : INumberBase<T> =>
        Conv2D(input, weights, bias: null, stride, padding);

    /// <summary>The two-dimensional convolution of images, with a term for each filter that the sums start from.</summary>
    /// <inheritdoc cref="Conv2D{T}(Tensor{T}, Tensor{T}, int, int)"/>
    /// <param name="input">The images, [n, c, h, w]; any layout.</param>
    /// <param name="weights">The filters, [o, c, p, q]; any layout.</param>
    /// <param name="bias">The term of each filter, [o], or null for zeros.</param>
    /// <param name="stride">The distance of two windows, in both directions.</param>
    /// <param name="padding">The rows and columns of zeros at each side.</param>
    public static Tensor<T> Conv2D<T>(Tensor<T> input, Tensor<T> weights, Tensor<T>? bias, int stride = 1, int padding = 0)
        where T : INumberBase<T> =>
        Convolution(input, weights, bias, stride, padding, isPooled: false);

    /// <summary>The convolution, into a tensor of the pool where <paramref name="isPooled"/>.</summary>
    internal static Tensor<T> Convolution<T>(Tensor<T> input, Tensor<T> weights, Tensor<T>? bias, int stride, int padding, bool isPooled)
        where T : INumberBase<T>
    {
        ThrowIfNotImages(input, nameof(input));
        ThrowIfNotImages(weights, nameof(weights));
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ConvolutionShape shape = ConvolutionShape.Of(input, weights, stride, padding);
        if (bias is not null)
        {
            ThrowIfNotRow(bias, weights.Lengths[0], nameof(bias));
        }

        ReadOnlySpan<nint> lengths = [shape.Images, shape.Filters, shape.Rows, shape.Columns];
        Tensor<T> result = isPooled ? TensorPool.Rent<T>(lengths) : Tensor.CreateFromShapeUninitialized<T>(lengths);
        if (!result.IsEmpty)
        {
            ImageConvolution.Compute(input, weights, bias, result, shape, epilogue: default);
        }

        return result;
    }

    private static void ThrowIfNotImages<T>(Tensor<T> tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        if (tensor.Rank != 4)
        {
            throw new ArgumentException($"Images and filters have four dimensions; this tensor has {tensor.Rank}.", name);
        }
    }
}
