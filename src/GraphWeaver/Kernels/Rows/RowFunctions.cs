using System.Numerics;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// Functions of one contiguous row, at the widest vectors of the machine. Sums add the lanes of up to four vectors side by side: their bits
/// depend on the length and the vector width only, never on where the row is in memory (those of TensorPrimitives do).
/// </summary>
internal static class RowFunctions
{
    /// <summary>The sum of the elements; integers wrap around.</summary>
    internal static T Sum<T>(ReadOnlySpan<T> x)
        where T : INumberBase<T>
    {
        if (Vector<T>.IsSupported)
        {
            return Vector512.IsHardwareAccelerated ? Vector512Rows.Sum(x)
                : Vector256.IsHardwareAccelerated ? Vector256Rows.Sum(x)
                : Vector128Rows.Sum(x);
        }

        T sum = T.Zero;
        foreach (T value in x)
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>The sum of (x - subtrahend)², for float and double.</summary>
    internal static T SumOfSquaredDifferences<T>(ReadOnlySpan<T> x, T subtrahend)
        where T : INumberBase<T> =>
        Vector512.IsHardwareAccelerated ? Vector512Rows.SumOfSquaredDifferences(x, subtrahend)
            : Vector256.IsHardwareAccelerated ? Vector256Rows.SumOfSquaredDifferences(x, subtrahend)
            : Vector128Rows.SumOfSquaredDifferences(x, subtrahend);

    /// <summary>result = e^(x - subtrahend), for float and double.</summary>
    /// <returns>The sum of the results.</returns>
    internal static T ExpOfDifferences<T>(ReadOnlySpan<T> x, T subtrahend, Span<T> result)
        where T : INumberBase<T> =>
        Vector512.IsHardwareAccelerated ? Vector512Rows.ExpOfDifferences(x, subtrahend, result)
            : Vector256.IsHardwareAccelerated ? Vector256Rows.ExpOfDifferences(x, subtrahend, result)
            : Vector128Rows.ExpOfDifferences(x, subtrahend, result);

    /// <summary>result = eˣ, for float and double; may be in place.</summary>
    internal static void Exp<T>(ReadOnlySpan<T> x, Span<T> result)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512Rows.Exp(x, result);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Vector256Rows.Exp(x, result);
        }
        else
        {
            Vector128Rows.Exp(x, result);
        }
    }

    /// <summary>result = erf x, for float and double.</summary>
    internal static void Erf<T>(ReadOnlySpan<T> x, Span<T> result)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512Rows.Erf(x, result);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Vector256Rows.Erf(x, result);
        }
        else
        {
            Vector128Rows.Erf(x, result);
        }
    }

    /// <summary>result = ½ x (1 + erf(x / √2)), for float and double.</summary>
    internal static void Gelu<T>(ReadOnlySpan<T> x, Span<T> result)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512Rows.Gelu(x, result);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Vector256Rows.Gelu(x, result);
        }
        else
        {
            Vector128Rows.Gelu(x, result);
        }
    }

    /// <summary>result = (x - mean) / deviation * scale + shift, for float and double.</summary>
    internal static void Standardize<T>(ReadOnlySpan<T> x, T mean, T deviation, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, Span<T> result)
        where T : INumberBase<T>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512Rows.Standardize(x, mean, deviation, scale, shift, result);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Vector256Rows.Standardize(x, mean, deviation, scale, shift, result);
        }
        else
        {
            Vector128Rows.Standardize(x, mean, deviation, scale, shift, result);
        }
    }
}
