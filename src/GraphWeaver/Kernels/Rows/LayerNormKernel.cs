using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels.Rows;

/// <summary>Layer normalisation of rows. Before: dense tensors of float or double. After: every element of the result is written.</summary>
internal readonly struct LayerNormKernel<T>(Tensor<T> x, Tensor<T> gamma, Tensor<T> beta, T epsilon, Tensor<T> result) : IKernel
    where T : IFloatingPointIeee754<T>
{
    // Three passes over an element, in float additions.
    private const int Cost = 4;

    /// <summary>Normalises the rows.</summary>
    internal void Run()
    {
        nint length = x.Lengths[^1];
        if (length > 0)
        {
            RowRunner.Run<T, LayerNormKernel<T>>(this, x.FlattenedLength / length, Cost * length);
        }
    }

    public bool Execute(int chunk, nint start, nint end)
    {
        nint length = x.Lengths[^1];
        T count = T.CreateTruncating(length);
        ReadOnlySpan<T> scale = DenseTensor.Span(gamma, 0, length);
        ReadOnlySpan<T> shift = DenseTensor.Span(beta, 0, length);
        for (nint row = start; row < end; row++)
        {
            ReadOnlySpan<T> values = DenseTensor.Span(x, row * length, length);
            T mean = RowFunctions.Sum(values) / count;
            T deviation = T.Sqrt((RowFunctions.SumOfSquaredDifferences(values, mean) / count) + epsilon);
            RowFunctions.Standardize(values, mean, deviation, scale, shift, DenseTensor.Span(result, row * length, length));
        }

        return true;
    }
}
