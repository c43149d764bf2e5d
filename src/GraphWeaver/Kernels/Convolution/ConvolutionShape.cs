using System.Numerics.Tensors;

namespace GraphWeaver.Kernels.Convolution;

/// <summary>The lengths of a convolution. Rows and Columns are the result's; windows are as large as a filter.</summary>
internal readonly record struct ConvolutionShape(
    nint Images,
    nint Channels,
    nint Height,
    nint Width,
    nint Filters,
    nint FilterHeight,
    nint FilterWidth,
    nint Rows,
    nint Columns,
    int Stride,
    int Padding)
{
    /// <summary>The elements of one window.</summary>
    internal nint WindowSize => Channels * FilterHeight * FilterWidth;

    /// <summary>The shape of a convolution of two tensors of four dimensions; null where the channels differ, or a filter is empty or larger than the padded image.</summary>
    internal static ConvolutionShape? TryOf<T>(Tensor<T> input, Tensor<T> weights, int stride, int padding)
    {
        ReadOnlySpan<nint> image = input.Lengths;
        ReadOnlySpan<nint> filter = weights.Lengths;
        nint height = image[2] + (2 * (nint)padding) - filter[2];
        nint width = image[3] + (2 * (nint)padding) - filter[3];
        return image[1] != filter[1] || filter[2] == 0 || filter[3] == 0 || height < 0 || width < 0
            ? null
            : new(image[0], image[1], image[2], image[3], filter[0], filter[2], filter[3], (height / stride) + 1, (width / stride) + 1, stride, padding);
    }

    /// <summary>The shape of a convolution of two tensors of four dimensions.</summary>
    /// <exception cref="ArgumentException">The channels differ, or a filter is empty or larger than the padded image.</exception>
    internal static ConvolutionShape Of<T>(Tensor<T> input, Tensor<T> weights, int stride, int padding)
    {
        if (TryOf(input, weights, stride, padding) is { } shape)
        {
            return shape;
        }

        ReadOnlySpan<nint> image = input.Lengths;
        ReadOnlySpan<nint> filter = weights.Lengths;
        throw new ArgumentException(
            image[1] != filter[1]
                ? $"The images have {image[1]} channels, the filters {filter[1]}."
                : $"A filter of {filter[2]} x {filter[3]} does not fit an image of {image[2]} x {image[3]} with padding {padding}.",
            nameof(weights));
    }
}
