using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.Kernels.Convolution;
using GraphWeaver.Kernels.Rows;

namespace GraphWeaver;

public static partial class TensorMath
{
    /// <summary>The largest element of each window of images: NaN where there is one, +0 above -0.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="x">The images, [n, c, h, w]; any layout.</param>
    /// <param name="size">The rows and columns of a window.</param>
    /// <param name="stride">The distance of two windows, in both directions.</param>
    /// <returns>A new dense tensor, [n, c, (h - size) / stride + 1, (w - size) / stride + 1], quotients rounded down.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <exception cref="ArgumentException">The tensor does not have four dimensions, or a window is larger than an image.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> or <paramref name="stride"/> is below 1.</exception>
    public static Tensor<T> MaxPool2D<T>(Tensor<T> x, int size, int stride)
        where T : INumber<T> =>
        Pool<T, MaxReduction<T>>(x, size, stride);

    /// <summary>
    /// The mean of each window of images: the sums of its columns, added from left to right, divided by the number of its elements. The error of
    /// the sum is within the bound of <see cref="Sum"/>.
    /// </summary>
    /// <inheritdoc cref="MaxPool2D"/>
    public static Tensor<T> AveragePool2D<T>(Tensor<T> x, int size, int stride)
        where T : IFloatingPoint<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        if (typeof(T) == typeof(Half))
        {
            return Wide.To<float, T>(AveragePool2D(Wide.To<T, float>(x), size, stride));
        }

        Tensor<T> result = Pool<T, SumReduction<T>>(x, size, stride);
        Span<T> sums = DenseTensor.Span(result, 0, result.FlattenedLength);
        TensorPrimitives.Divide(sums, T.CreateTruncating((long)size * size), sums);
        return result;
    }

    private static Tensor<T> Pool<T, TReduction>(Tensor<T> x, int size, int stride)
        where TReduction : struct, IReduction<T>
    {
        ThrowIfNotImages(x, nameof(x));
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        if (x.Lengths[2] < size || x.Lengths[3] < size)
        {
            throw new ArgumentException($"A window of {size} x {size} does not fit an image of {x.Lengths[2]} x {x.Lengths[3]}.", nameof(x));
        }

        nint rows = ((x.Lengths[2] - size) / stride) + 1;
        nint columns = ((x.Lengths[3] - size) / stride) + 1;
        Tensor<T> result = Tensor.CreateFromShapeUninitialized<T>([x.Lengths[0], x.Lengths[1], rows, columns]);
        new PoolKernel<T, TReduction>(DenseTensor.Of(x), size, stride, result).Run();
        return result;
    }
}
