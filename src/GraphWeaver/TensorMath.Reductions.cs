using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.Kernels.Rows;

namespace GraphWeaver;

public static partial class TensorMath
{
    /// <summary>
    /// The sums along a dimension. Integers wrap around. A floating-point sum over the last dimension adds the lanes of vectors side by
    /// side, any other adds in order: either way the error is at most n u times the sum of the magnitudes, u half a unit in the last place of 1
    /// (N. J. Higham, Accuracy and Stability of Numerical Algorithms, section 4.2).
    /// </summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="x">The tensor; any layout.</param>
    /// <param name="dimension">The dimension that is summed over; below 0 from the end.</param>
    /// <param name="keepDimensions">Whether the result keeps that dimension, with length 1; otherwise it is left out (a single one always stays).</param>
    /// <returns>A new dense tensor; 0 where the dimension is empty.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has no such dimension.</exception>
    public static Tensor<T> Sum<T>(Tensor<T> x, int dimension, bool keepDimensions = false)
        where T : INumberBase<T>
    {
        DimensionShape shape = DimensionShape.Of(x, dimension);
        return typeof(T) == typeof(Half)
            ? Wide.To<float, T>(Sum(Wide.To<T, float>(x), dimension, keepDimensions))
            : Reduce<T, SumReduction<T>>(x, shape, keepDimensions);
    }

    /// <summary>The largest elements along a dimension: NaN where there is one, +0 above -0.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="x">The tensor; any layout.</param>
    /// <param name="dimension">The dimension that is gone along; below 0 from the end.</param>
    /// <param name="keepDimensions">Whether the result keeps that dimension, with length 1; otherwise it is left out (a single one always stays).</param>
    /// <returns>A new dense tensor.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has no such dimension.</exception>
    /// <exception cref="ArgumentException">The dimension is empty.</exception>
    public static Tensor<T> Max<T>(Tensor<T> x, int dimension, bool keepDimensions = false)
        where T : INumber<T> =>
        Reduce<T, MaxReduction<T>>(x, NotEmpty(DimensionShape.Of(x, dimension)), keepDimensions);

    /// <summary>The smallest elements along a dimension: NaN where there is one, -0 below +0.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="x">The tensor; any layout.</param>
    /// <param name="dimension">The dimension that is gone along; below 0 from the end.</param>
    /// <param name="keepDimensions">Whether the result keeps that dimension, with length 1; otherwise it is left out (a single one always stays).</param>
    /// <returns>A new dense tensor.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has no such dimension.</exception>
    /// <exception cref="ArgumentException">The dimension is empty.</exception>
    public static Tensor<T> Min<T>(Tensor<T> x, int dimension, bool keepDimensions = false)
        where T : INumber<T> =>
        Reduce<T, MinReduction<T>>(x, NotEmpty(DimensionShape.Of(x, dimension)), keepDimensions);

    /// <summary>The means along a dimension: the <see cref="Sum"/> divided by the length.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="x">The tensor; any layout.</param>
    /// <param name="dimension">The dimension that is averaged over; below 0 from the end.</param>
    /// <param name="keepDimensions">Whether the result keeps that dimension, with length 1; otherwise it is left out (a single one always stays).</param>
    /// <returns>A new dense tensor; NaN where the dimension is empty.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has no such dimension.</exception>
    public static Tensor<T> Mean<T>(Tensor<T> x, int dimension, bool keepDimensions = false)
        where T : IFloatingPoint<T>
    {
        DimensionShape shape = DimensionShape.Of(x, dimension);
        if (typeof(T) == typeof(Half))
        {
            return Wide.To<float, T>(Mean(Wide.To<T, float>(x), dimension, keepDimensions));
        }

        Tensor<T> result = Sum(x, dimension, keepDimensions);
        Span<T> sums = DenseTensor.Span(result, 0, result.FlattenedLength);
        TensorPrimitives.Divide(sums, T.CreateTruncating(shape.Length), sums);
        return result;
    }

    /// <summary>The indices of the largest elements along a dimension: the first of several, the first NaN where there is one, +0 above -0.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="x">The tensor; any layout.</param>
    /// <param name="dimension">The dimension that is gone along; below 0 from the end.</param>
    /// <param name="keepDimensions">Whether the result keeps that dimension, with length 1; otherwise it is left out (a single one always stays).</param>
    /// <returns>A new dense tensor.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has no such dimension.</exception>
    /// <exception cref="ArgumentException">The dimension is empty.</exception>
    public static Tensor<long> ArgMax<T>(Tensor<T> x, int dimension, bool keepDimensions = false)
        where T : INumber<T>
    {
        DimensionShape shape = NotEmpty(DimensionShape.Of(x, dimension));
        Tensor<long> result = Tensor.CreateFromShapeUninitialized<long>(shape.Reduced(x.Lengths, keepDimensions));
        new ArgMaxKernel<T>(DenseTensor.Of(x), shape, result).Run();
        return result;
    }

    /// <summary>
    /// The running sums along a dimension, in order: element i is the sum of the elements 0 to i. Integers wrap around. The error bound is that of
    /// <see cref="Sum"/>.
    /// </summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="x">The tensor; any layout.</param>
    /// <param name="dimension">The dimension that is summed along; below 0 from the end.</param>
    /// <returns>A new dense tensor of the shape of <paramref name="x"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has no such dimension.</exception>
    public static Tensor<T> CumulativeSum<T>(Tensor<T> x, int dimension)
        where T : INumberBase<T>
    {
        DimensionShape shape = DimensionShape.Of(x, dimension);
        if (typeof(T) == typeof(Half))
        {
            return Wide.To<float, T>(CumulativeSum(Wide.To<T, float>(x), dimension));
        }

        Tensor<T> result = Tensor.CreateFromShapeUninitialized<T>(x.Lengths);
        new CumulativeSumKernel<T>(DenseTensor.Of(x), shape, result).Run();
        return result;
    }

    private static Tensor<T> Reduce<T, TReduction>(Tensor<T> x, DimensionShape shape, bool keepDimensions)
        where TReduction : struct, IReduction<T>
    {
        Tensor<T> result = Tensor.CreateFromShapeUninitialized<T>(shape.Reduced(x.Lengths, keepDimensions));
        new ReductionKernel<T, TReduction>(DenseTensor.Of(x), shape, result).Run();
        return result;
    }

    private static DimensionShape NotEmpty(DimensionShape shape) =>
        shape.Length > 0 ? shape : throw new ArgumentException($"Dimension {shape.Dimension} is empty: it has no largest or smallest element.", "x");
}
