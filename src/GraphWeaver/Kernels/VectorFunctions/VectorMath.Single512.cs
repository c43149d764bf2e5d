using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.VectorFunctions;

namespace GraphWeaver.Kernels;

public static partial class VectorMath
{
    /// <summary>eˣ, within 1 ulp: 0 and infinity beyond the range of the format, subnormal results rounded once, NaN for NaN.</summary>
    /// <remarks>
    /// Cody and Waite's reduction (Software Manual for the Elementary Functions, 1980): x = n ln 2 + r with |r| ≤ ½ ln 2, and eˣ = 2ⁿ eʳ.
    /// The small terms of eʳ are added to 1 last, so that one rounding dominates.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        Vector512<float> bounded = BoundForExp(x);
        Vector512<float> n = Vector512.Round(bounded * SingleFormat.Log2E);
        return PowerOfTwo.Scale(Vector512<float>.One + ReducedExpMinusOne(bounded, n), n);
    }

    /// <summary>The natural logarithm, within 1 ulp: -infinity for ±0, NaN for negative x and NaN, infinity for infinity.</summary>
    /// <remarks>
    /// With x = (1 + f) 2ᵉ, √½ ≤ 1 + f &lt; √2, and h = ½ f²: ln(1 + f) = f - (h - rest), so arranged that the rounding errors of all but f
    /// itself are small. e ln 2 is added in two parts, the first of them exact.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        Vector512<float> f = Decompose(x, out Vector512<float> e);
        Vector512<float> h = SingleFormat.Half * f * f;
        Vector512<float> small = Vector512.MultiplyAddEstimate(e, Vector512.Create(SingleFormat.Ln2Low), Polynomials.LogarithmRest(f, h));
        Vector512<float> result = Vector512.MultiplyAddEstimate(e, Vector512.Create(SingleFormat.Ln2High), f - (h - small));
        return LogarithmAtTheEnds(x, result);
    }

    /// <summary>The hyperbolic tangent, within 2 ulp (float 1.5 with fused multiply-add): ±1 for large x, ±0 for ±0, NaN for NaN.</summary>
    /// <remarks>
    /// tanh x = t / (t + 2) with t = e²ˣ - 1, for |x|, the sign put back at the end. t = 2ⁿ (eʳ - 1) + (2ⁿ - 1) has no cancellation, so the
    /// result is relatively accurate down to the smallest x, with one division and no branch; t + 2 is 2ⁿ (eʳ - 1) + (2ⁿ + 1). The rounding errors
    /// of both are carried into the division.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        Vector512<float> magnitude = Vector512.MinNative(Vector512.Create(SingleFormat.TanhSaturation), Vector512.Abs(x));
        magnitude += magnitude;
        Vector512<float> n = Vector512.Round(magnitude * SingleFormat.Log2E);
        Vector512<float> tail = ReducedExpMinusOne(magnitude, n);
        Vector512<float> power = PowerOfTwo.Of(n);

        Vector512<float> t = Vector512.MultiplyAddEstimate(power, tail, power - Vector512<float>.One);
        Vector512<float> tLow = Vector512.MultiplyAddEstimate(power, tail, power - Vector512<float>.One - t);
        Vector512<float> powerPlusOne = power + Vector512<float>.One;
        Vector512<float> lost = Vector512<float>.One - (powerPlusOne - power);
        Vector512<float> denominator = Vector512.MultiplyAddEstimate(power, tail, powerPlusOne);
        Vector512<float> denominatorLow = Vector512.MultiplyAddEstimate(power, tail, powerPlusOne - denominator) + lost;

        // The quotient as in Quotient, but negative, since then no sign need be changed for the remainder.
        Vector512<float> reciprocal = -Vector512<float>.One / denominator;
        Vector512<float> quotient = t * reciprocal;
        Vector512<float> remainder = Vector512.MultiplyAddEstimate(quotient, denominator, t);
        remainder += Vector512.MultiplyAddEstimate(quotient, denominatorLow, tLow);
        return Vector512.CopySign(Vector512.MultiplyAddEstimate(remainder, reciprocal, quotient), x);
    }

    /// <summary>The logistic function 1 / (1 + e⁻ˣ), within 2 ulp (1 with fused multiply-add): 0 and 1 for large x, NaN for NaN.</summary>
    /// <remarks>
    /// With z = e^-|x| it is 1 / (1 + z) for positive and z / (1 + z) for negative x: no overflow, and relatively accurate down to subnormal
    /// results. The rounding errors of z and of 1 + z (Dekker's error-free sums) are carried into the division.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        Vector512<float> bounded = BoundForExp(-Vector512.Abs(x));
        Vector512<float> n = Vector512.Round(bounded * SingleFormat.Log2E);
        Vector512<float> tail = ReducedExpMinusOne(bounded, n);
        Vector512<float> sum = Vector512<float>.One + tail;
        Vector512<float> z = PowerOfTwo.Scale(sum, n);
        Vector512<float> zLow = PowerOfTwo.Scale(tail - (sum - Vector512<float>.One), n);

        Vector512<float> denominator = Vector512<float>.One + z;
        Vector512<float> denominatorLow = z - (denominator - Vector512<float>.One) + zLow;
        Vector512<float> negative = Vector512.LessThan(x, Vector512<float>.Zero);
        Vector512<float> numerator = Vector512.ConditionalSelect(negative, z, Vector512<float>.One);
        return Quotient(numerator, negative & zLow, denominator, denominatorLow);
    }

    /// <summary>The error function, 2/√π times the integral of e^-t² from 0 to x, within 2 ulp: ±1 for large x, ±0 for ±0, NaN for NaN.</summary>
    /// <remarks>
    /// For |x| ≤ 1 it is x + x p(x²), so that it is relatively accurate down to the smallest x; beyond, 1 - e^-(t + t q(t)) with t = |x|, where the error of
    /// the exponential is scaled down by erfc t ≤ 0.16 (the two ranges of W. J. Cody, Rational Chebyshev approximations for the error function, 1969,
    /// with polynomials of our own in place of his quotients). Both are computed, and one is chosen for each lane.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x)
    {
        Vector512<float> t = Vector512.MinNative(Vector512.Create(SingleFormat.ErfSaturation), Vector512.Abs(x));
        Vector512<float> exponent = Vector512.MultiplyAddEstimate(t, Polynomials.ComplementExponent(t), t);
        Vector512<float> beyond = Vector512.CopySign(Vector512<float>.One - Exp(-exponent), x);
        Vector512<float> near = Vector512.MultiplyAddEstimate(x, Polynomials.ErrorFunction(t * t), x);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(t, Vector512<float>.One), beyond, near);
    }

    /// <summary>
    /// The Gaussian error linear unit, ½ x (1 + erf(x / √2)) (D. Hendrycks and K. Gimpel, 2016): within 2 ulp for x ≥ 0; for negative x, where
    /// the sum cancels, within |x| times 1.5 units in the last place of 1. ±0 for ±0, infinity for infinity, -0 for -infinity, NaN for NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Gelu(Vector512<float> x)
    {
        // The negative infinity would be multiplied by 0.
        Vector512<float> bounded = Vector512.MaxNative(Vector512.Create(float.MinValue), x);
        return SingleFormat.Half * bounded * (Vector512<float>.One + Erf(bounded * SingleFormat.SqrtHalf));
    }

    /// <summary>
    /// x, but no further than where eˣ has become 0 or infinity, so that the exponent of the result can be handled; NaN where x is NaN,
    /// since the native operations either propagate NaN or return the second operand.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> BoundForExp(Vector512<float> x) => Vector512.MinNative(
        Vector512.Create(SingleFormat.ExpIsInfinite),
        Vector512.MaxNative(Vector512.Create(SingleFormat.ExpIsZero), x));

    /// <summary>
    /// eʳ - 1, relatively accurate, for r = x - n ln 2, as r + r² q(r). ln 2 is in two parts, of which the first has 16 bits, so that n times
    /// it is exact even without fused multiply-add.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ReducedExpMinusOne(Vector512<float> x, Vector512<float> n)
    {
        Vector512<float> r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-SingleFormat.Ln2High), x);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-SingleFormat.Ln2Low), r);
        return Vector512.MultiplyAddEstimate(r * r, Polynomials.Exponential(r), r);
    }

    /// <summary>
    /// (n + n′) / (d + d′), n′ and d′ being rounding errors of n and d: the remainder of the division, which a fused multiply-add gives
    /// exactly, corrects the quotient, so that one rounding matters. Without fused multiply-add it is as good as a plain division.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quotient(
        Vector512<float> numerator, Vector512<float> numeratorLow, Vector512<float> denominator, Vector512<float> denominatorLow)
    {
        Vector512<float> reciprocal = Vector512<float>.One / denominator;
        Vector512<float> quotient = numerator * reciprocal;
        Vector512<float> remainder = Vector512.MultiplyAddEstimate(-quotient, denominator, numerator);
        remainder += Vector512.MultiplyAddEstimate(-quotient, denominatorLow, numeratorLow);
        return Vector512.MultiplyAddEstimate(remainder, reciprocal, quotient);
    }
}
