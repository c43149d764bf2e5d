using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.Kernels;
using GraphWeaver.Kernels.Rows;

namespace GraphWeaver;

public static partial class TensorMath
{
    /// <summary>
    /// The error function of each element, 2/√π times the integral of e to the power -t² from 0 to x, within 2 ulp: ±1 for large x, ±0 for ±0,
    /// NaN for NaN. <see cref="VectorMath.Erf(System.Runtime.Intrinsics.Vector512{float})"/> says how.
    /// </summary>
    /// <typeparam name="T">The type of the elements; types other than float, double and Half are computed in double.</typeparam>
    /// <param name="x">The tensor; any layout.</param>
    /// <returns>A new dense tensor of the shape of <paramref name="x"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    public static Tensor<T> Erf<T>(Tensor<T> x)
        where T : IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Wide.IsNative<T>() ? Apply<T, ErfFunction<T>>(x)
            : typeof(T) == typeof(Half) ? Wide.To<float, T>(Erf(Wide.To<T, float>(x)))
            : Wide.To<double, T>(Erf(Wide.To<T, double>(x)));
    }

    /// <summary>
    /// The Gaussian error linear unit of each element, ½ x (1 + erf(x / √2)) (D. Hendrycks and K. Gimpel, 2016; the exact form, not the one with
    /// tanh): within 2 ulp for x ≥ 0; for negative x, where the sum cancels, within |x| times 1.5 units in the last place of 1. ±0 for ±0,
    /// infinity for infinity, -0 for -infinity, NaN for NaN.
    /// </summary>
    /// <typeparam name="T">The type of the elements; types other than float, double and Half are computed in double.</typeparam>
    /// <param name="x">The tensor; any layout.</param>
    /// <returns>A new dense tensor of the shape of <paramref name="x"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    public static Tensor<T> Gelu<T>(Tensor<T> x)
        where T : IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Wide.IsNative<T>() ? Apply<T, GeluFunction<T>>(x)
            : typeof(T) == typeof(Half) ? Wide.To<float, T>(Gelu(Wide.To<T, float>(x)))
            : Wide.To<double, T>(Gelu(Wide.To<T, double>(x)));
    }

    private static Tensor<T> Apply<T, TFunction>(Tensor<T> x)
        where TFunction : struct, IElementFunction<T>
    {
        Tensor<T> result = Tensor.CreateFromShapeUninitialized<T>(x.Lengths);
        var kernel = new ElementKernel<T, TFunction>(DenseTensor.Of(x), result);
        KernelRunner.Run(ref kernel, result.FlattenedLength, TFunction.Cost);
        return result;
    }
}
