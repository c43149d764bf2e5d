using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.Kernels.Rows;

namespace GraphWeaver;

public static partial class TensorMath
{
    /// <summary>
    /// e to the power x - m, divided by the sum of these along a dimension, m being the largest element there: nothing overflows. Each exponential is within
    /// 1 ulp, their sum within the bound of <see cref="Sum"/>. Where the largest element is infinite or one is NaN, so is every element along
    /// the dimension.
    /// </summary>
    /// <typeparam name="T">The type of the elements; types other than float, double and Half are computed in double.</typeparam>
    /// <param name="x">The tensor; any layout.</param>
    /// <param name="dimension">The dimension along which the result sums to 1; below 0 from the end.</param>
    /// <returns>A new dense tensor of the shape of <paramref name="x"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has no such dimension.</exception>
    public static Tensor<T> SoftMax<T>(Tensor<T> x, int dimension = -1)
        where T : IFloatingPointIeee754<T>
    {
        DimensionShape shape = DimensionShape.Of(x, dimension);
        if (!Wide.IsNative<T>())
        {
            return typeof(T) == typeof(Half)
                ? Wide.To<float, T>(SoftMax(Wide.To<T, float>(x), dimension))
                : Wide.To<double, T>(SoftMax(Wide.To<T, double>(x), dimension));
        }

        Tensor<T> result = Tensor.CreateFromShapeUninitialized<T>(x.Lengths);
        new SoftMaxKernel<T>(DenseTensor.Of(x), shape, result).Run();
        return result;
    }

    /// <summary>
    /// The logarithm of the sum of e to the power x along a dimension, as m plus the logarithm of the sum of e to the power x - m, m being the
    /// largest element there (0 if that is infinite): nothing overflows.
    /// </summary>
    /// <typeparam name="T">The type of the elements; types other than float, double and Half are computed in double.</typeparam>
    /// <param name="x">The tensor; any layout.</param>
    /// <param name="dimension">The dimension that is summed over; below 0 from the end.</param>
    /// <param name="keepDimensions">Whether the result keeps that dimension, with length 1; otherwise it is left out (a single one always stays).</param>
    /// <returns>A new dense tensor; negative infinity where the dimension is empty.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has no such dimension.</exception>
    public static Tensor<T> LogSumExp<T>(Tensor<T> x, int dimension, bool keepDimensions = false)
        where T : IFloatingPointIeee754<T>
    {
        DimensionShape shape = DimensionShape.Of(x, dimension);
        if (!Wide.IsNative<T>())
        {
            return typeof(T) == typeof(Half)
                ? Wide.To<float, T>(LogSumExp(Wide.To<T, float>(x), dimension, keepDimensions))
                : Wide.To<double, T>(LogSumExp(Wide.To<T, double>(x), dimension, keepDimensions));
        }

        Tensor<T> result = Tensor.CreateFromShapeUninitialized<T>(shape.Reduced(x.Lengths, keepDimensions));
        new LogSumExpKernel<T>(DenseTensor.Of(x), shape, result).Run();
        return result;
    }
}
