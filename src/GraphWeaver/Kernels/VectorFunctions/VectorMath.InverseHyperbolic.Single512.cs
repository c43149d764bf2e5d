using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.VectorFunctions;

namespace GraphWeaver.Kernels;

public static partial class VectorMath
{
    /// <summary>The inverse hyperbolic sine, within 1.5 ulp: ±0 for ±0, ±infinity for ±infinity, NaN for NaN.</summary>
    /// <remarks>For m = |x|: ln(1 + t) with t = m + m² / (1 + √(1 + m²)), which has no cancellation; where m² could overflow t is 2 m, and its logarithm that of m and of 2.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Asinh(Vector512<float> x)
    {
        Vector512<float> m = Vector512.Abs(x);
        Vector512<float> square = m * m;
        Vector512<float> rest = square / (Vector512<float>.One + Vector512.Sqrt(Vector512<float>.One + square));
        Vector512<float> t = m + rest;
        return Vector512.CopySign(LogarithmOfOnePlus(m, t, m - t + rest), x);
    }

    /// <summary>The inverse hyperbolic cosine, within 1.5 ulp: +0 for 1, infinity for infinity, NaN below 1 and for NaN.</summary>
    /// <remarks>With u = x - 1: ln(1 + t), t = u + √(u² + 2 u), the root with the error of its last place; for large x as <see cref="Asinh(Vector512{float})"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Acosh(Vector512<float> x)
    {
        Vector512<float> u = x - Vector512<float>.One;
        Vector512<float> square = Vector512.MultiplyAddEstimate(u, u, u + u);
        Vector512<float> root = Vector512.Sqrt(square);
        Vector512<float> rootLow = Vector512.FusedMultiplyAdd(-root, root, square) / (root + root);
        rootLow = Vector512.ConditionalSelect(Vector512.Equals(root, Vector512<float>.Zero), root, rootLow);
        Vector512<float> t = root + u;
        Vector512<float> result = LogarithmOfOnePlus(x, t, root - t + u + rootLow);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.One), Vector512.Create(float.NaN), result);
    }

    /// <summary>The inverse hyperbolic tangent, within 1.5 ulp: ±0 for ±0, ±infinity for ±1, NaN beyond and for NaN.</summary>
    /// <remarks>½ ln(1 + q) with q = 2 m / (1 - m), m = |x|, and the error of the quotient.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Atanh(Vector512<float> x)
    {
        Vector512<float> m = Vector512.Abs(x);
        Vector512<float> denominator = Vector512<float>.One - m;
        Vector512<float> denominatorLow = Vector512<float>.One - denominator - m;
        Vector512<float> q = (m + m) / denominator;
        Vector512<float> qLow = (Vector512.FusedMultiplyAdd(-q, denominator, m + m) - (q * denominatorLow)) / denominator;

        // No number has a quotient too large for the sum.
        return Vector512.CopySign(SingleFormat.Half * LogarithmOfOnePlus(Vector512<float>.Zero, q, qLow), x);
    }

    /// <summary>ln(1 + t + low); where x is so large that it is half of t, its logarithm and that of 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogarithmOfOnePlus(Vector512<float> x, Vector512<float> t, Vector512<float> tLow)
    {
        Vector512<float> isLarge = Vector512.GreaterThan(x, Vector512.Create(SingleFormat.TwoTo54));
        t = Vector512.ConditionalSelect(isLarge, x, t);
        Vector512<float> high = LogarithmOfOnePlus(t, out Vector512<float> sum, out Vector512<float> e, out Vector512<float> low);
        low += Vector512.ConditionalSelect(isLarge, Vector512<float>.Zero, tLow / sum);
        e += isLarge & Vector512<float>.One;
        Vector512<float> whole = e * SingleFormat.Ln2High;
        Vector512<float> result = whole + high;
        low = Vector512.MultiplyAddEstimate(e, Vector512.Create(SingleFormat.Ln2Low), whole - result + high + low);
        return LogarithmAtTheEnds(sum, result + low);
    }
}
