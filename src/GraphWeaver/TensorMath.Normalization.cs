using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.Kernels.Rows;

namespace GraphWeaver;

public static partial class TensorMath
{
    /// <summary>
    /// Layer normalisation over the last dimension: (x - m) / √(v + epsilon) * gamma + beta, m being the mean of a row and v the mean of
    /// (x - m)², in two passes (J. L. Ba, J. R. Kiros and G. E. Hinton, Layer Normalization, 2016). The sums are within the bound of <see cref="Sum"/>.
    /// </summary>
    /// <typeparam name="T">The type of the elements; types other than float, double and Half are computed in double.</typeparam>
    /// <param name="x">The tensor, [..., n]; any layout.</param>
    /// <param name="gamma">The factor of each column, [n].</param>
    /// <param name="beta">The term of each column, [n].</param>
    /// <param name="epsilon">Added to the variance, so that a constant row is not divided by zero.</param>
    /// <returns>A new dense tensor of the shape of <paramref name="x"/>.</returns>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="gamma"/> or <paramref name="beta"/> is not of the shape [n].</exception>
    public static Tensor<T> LayerNorm<T>(Tensor<T> x, Tensor<T> gamma, Tensor<T> beta, T epsilon)
        where T : IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ThrowIfNotRow(gamma, x.Lengths[^1], nameof(gamma));
        ThrowIfNotRow(beta, x.Lengths[^1], nameof(beta));
        if (!Wide.IsNative<T>())
        {
            return typeof(T) == typeof(Half)
                ? Wide.To<float, T>(LayerNorm(Wide.To<T, float>(x), Wide.To<T, float>(gamma), Wide.To<T, float>(beta), float.CreateTruncating(epsilon)))
                : Wide.To<double, T>(LayerNorm(Wide.To<T, double>(x), Wide.To<T, double>(gamma), Wide.To<T, double>(beta), double.CreateTruncating(epsilon)));
        }

        Tensor<T> result = Tensor.CreateFromShapeUninitialized<T>(x.Lengths);
        new LayerNormKernel<T>(DenseTensor.Of(x), DenseTensor.Of(gamma), DenseTensor.Of(beta), epsilon, result).Run();
        return result;
    }

    private static void ThrowIfNotRow<T>(Tensor<T> tensor, nint length, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        if (tensor.Rank != 1 || tensor.Lengths[0] != length)
        {
            throw new ArgumentException($"The shape must be [{length}], not {Broadcasting.Text(tensor.Lengths)}.", name);
        }
    }
}
