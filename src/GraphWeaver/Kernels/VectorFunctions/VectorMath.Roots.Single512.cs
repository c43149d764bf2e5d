using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.VectorFunctions;

namespace GraphWeaver.Kernels;

public static partial class VectorMath
{
    /// <summary>The cube root, within 1 ulp: zeros, infinities and NaN are their own roots.</summary>
    /// <remarks>
    /// With |x| = m 2³ᵏ and y near m^-⅓ (a polynomial, and for double one step of third order), c = m y² is corrected by Newton's step (m - c³) y² / 3, whose
    /// remainder is computed without error but its own.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cbrt(Vector512<float> x)
    {
        Vector512<float> magnitude = Vector512.Abs(x);
        Vector512<float> f = Decompose(magnitude, out Vector512<float> e);
        Vector512<float> k = Vector512.Round(e * SingleFormat.Third);
        Vector512<float> left = e - (k + k + k);
        Vector512<float> y = Polynomials.InverseCubeRoot(f);
        y *= Vector512.ConditionalSelect(
            Vector512.GreaterThan(left, Vector512<float>.Zero),
            Vector512.Create(SingleFormat.InverseCubeRootOf2),
            Vector512.ConditionalSelect(Vector512.LessThan(left, Vector512<float>.Zero), Vector512.Create(SingleFormat.CubeRootOf2), Vector512<float>.One));

        Vector512<float> m = PowerOfTwo.Scale(f + Vector512<float>.One, left);
        Vector512<float> square = y * y;
        Vector512<float> c = m * square;
        Vector512<float> cSquare = c * c;
        Vector512<float> remainder = Vector512.FusedMultiplyAdd(-cSquare, c, m);
        remainder = Vector512.FusedMultiplyAdd(-Vector512.FusedMultiplyAdd(c, c, -cSquare), c, remainder);
        c = Vector512.MultiplyAddEstimate(remainder, square * SingleFormat.Third, c);
        Vector512<float> isOrdinary = Vector512.GreaterThan(magnitude, Vector512<float>.Zero) & Vector512.LessThan(magnitude, Vector512.Create(float.PositiveInfinity));
        return Vector512.ConditionalSelect(isOrdinary, Vector512.CopySign(PowerOfTwo.Scale(c, k), x), x);
    }

    /// <summary>The square root of x² + y², within 1.3 ulp: no overflow on the way, infinity where an operand is infinite, else NaN where one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Hypot(Vector512<float> x, Vector512<float> y)
    {
        Vector512<float> width = Vector512.Abs(x);
        Vector512<float> height = Vector512.Abs(y);
        Vector512<float> larger = Vector512.Max(width, height);
        Vector512<float> one = Vector512<float>.One;
        Vector512<float> up = Vector512.Create(SingleFormat.LegFactor);
        Vector512<float> down = Vector512.Create(SingleFormat.LegFactorInverse);
        Vector512<float> isLong = Vector512.GreaterThan(larger, Vector512.Create(SingleFormat.LongLeg));
        Vector512<float> isShort = Vector512.LessThan(larger, Vector512.Create(SingleFormat.ShortLeg));
        Vector512<float> factor = Vector512.ConditionalSelect(isLong, down, Vector512.ConditionalSelect(isShort, up, one));
        Vector512<float> back = Vector512.ConditionalSelect(isLong, up, Vector512.ConditionalSelect(isShort, down, one));
        width *= factor;
        height *= factor;
        Vector512<float> result = Vector512.Sqrt(Vector512.MultiplyAddEstimate(width, width, height * height)) * back;
        Vector512<float> infinity = Vector512.Create(float.PositiveInfinity);
        return Vector512.ConditionalSelect(Vector512.Equals(Vector512.Abs(x), infinity) | Vector512.Equals(Vector512.Abs(y), infinity), infinity, result);
    }
}
