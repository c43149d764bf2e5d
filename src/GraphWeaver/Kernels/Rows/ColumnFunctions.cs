using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels.Rows;

/// <summary>What soft maximum and the logarithm of a sum of exponentials share where they go down columns.</summary>
internal static class ColumnFunctions
{
    /// <summary>The maxima of a block of columns from element <paramref name="first"/> on; there are lines.</summary>
    internal static void Maximum<T>(Tensor<T> x, nint first, DimensionShape shape, Span<T> maximum)
        where T : INumber<T>
    {
        DenseTensor.Span(x, first, maximum.Length).CopyTo(maximum);
        for (nint index = 1; index < shape.Length; index++)
        {
            TensorPrimitives.Max(maximum, DenseTensor.Span(x, first + (index * shape.Inner), maximum.Length), maximum);
        }
    }

    /// <summary>result = e^(x - subtrahend) for one line of a block of columns, and sum += result.</summary>
    internal static void AddExponentials<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> subtrahend, Span<T> result, Span<T> sum)
        where T : INumber<T>
    {
        TensorPrimitives.Subtract(x, subtrahend, result);
        RowFunctions.Exp<T>(result, result);
        TensorPrimitives.Add(sum, result, sum);
    }
}
