using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.VectorFunctions;

namespace GraphWeaver.Kernels;

public static partial class VectorMath
{
    /// <summary>x to the power y, within 1 ulp, as Math.Pow has zeros, infinities, NaN and negative x.</summary>
    /// <remarks>2^(y log₂ |x|). The product may be 1075, so the logarithm is needed to 2⁻⁶⁴ of itself.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Pow(Vector512<double> x, Vector512<double> y)
    {
        Vector512<double> logarithm = LogarithmInTwo(x, out Vector512<double> logarithmLow);

        Vector512<double> exponent = y * logarithm;
        Vector512<double> exponentLow = Vector512.FusedMultiplyAdd(y, logarithm, -exponent) + (y * logarithmLow);
        exponentLow &= Vector512.LessThan(Vector512.Abs(exponent), Vector512.Create(DoubleFormat.LargePower));
        exponent = Between(DoubleFormat.Exp2IsZero, DoubleFormat.Exp2IsInfinite, exponent);
        Vector512<double> n = Vector512.Round(exponent);

        // The second part may be large beside a small first one.
        Vector512<double> whole = exponent - n;
        Vector512<double> fraction = whole + exponentLow;
        exponentLow += whole - fraction;
        Vector512<double> r = Product(fraction, DoubleFormat.Ln2, DoubleFormat.Ln2Tail, out Vector512<double> rLow);
        rLow = Vector512.MultiplyAddEstimate(exponentLow, Vector512.Create(DoubleFormat.Ln2), rLow);
        return PowerAtTheEnds(x, y, PlusOne(n, r, rLow));
    }

    /// <summary>log₂ |x| to 2⁻⁶⁴ of itself, in two parts.</summary>
    /// <remarks>
    /// 2 artanh s, s = f / (2 + f), with s, s² and the sum of the first two terms of the series in two doubles each (Dekker, 1971), the rest, which is 300 times
    /// smaller, in one.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogarithmInTwo(Vector512<double> x, out Vector512<double> low)
    {
        Vector512<double> f = Decompose(Vector512.Abs(x), out Vector512<double> e);
        Vector512<double> denominator = Vector512.Create(2.0) + f;
        Vector512<double> reciprocal = Vector512<double>.One / denominator;
        Vector512<double> s = f * reciprocal;
        Vector512<double> remainder = Vector512.FusedMultiplyAdd(-s, denominator, f) - (s * (f - (denominator - Vector512.Create(2.0))));
        Vector512<double> sLow = remainder * reciprocal;
        Vector512<double> z = s * s;
        Vector512<double> zLow = Vector512.MultiplyAddEstimate(s + s, sLow, Vector512.FusedMultiplyAdd(s, s, -z));

        Vector512<double> third = Vector512.Create(DoubleFormat.Third);
        Vector512<double> tail = z * Polynomials.LogarithmBeyondCube(z);
        Vector512<double> c = third + tail;
        Vector512<double> cLow = third - c + tail + Vector512.Create(DoubleFormat.ThirdTail);
        Vector512<double> w = z * c;
        Vector512<double> wLow = Vector512.FusedMultiplyAdd(z, c, -w) + Vector512.MultiplyAddEstimate(z, cLow, zLow * c);
        Vector512<double> v = s * w;
        Vector512<double> vLow = Vector512.FusedMultiplyAdd(s, w, -v) + Vector512.MultiplyAddEstimate(s, wLow, sLow * w);
        Vector512<double> sum = s + v;
        Vector512<double> sumLow = s - sum + v + (vLow + sLow);

        Vector512<double> product = Product(sum, DoubleFormat.TwoOverLn2, DoubleFormat.TwoOverLn2Tail, out Vector512<double> productLow);
        productLow = Vector512.MultiplyAddEstimate(sumLow, Vector512.Create(DoubleFormat.TwoOverLn2), productLow);
        Vector512<double> logarithm = e + product;
        low = e - logarithm + product + productLow;
        return LogarithmForPower(x, logarithm);
    }

    /// <summary>x to the power y to some 40 bits, enough for a float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ShortPower(Vector512<double> x, Vector512<double> y)
    {
        Vector512<double> f = Decompose(Vector512.Abs(x), out Vector512<double> e);
        Vector512<double> s = f / (Vector512.Create(2.0) + f);
        Vector512<double> z = s * s;
        Vector512<double> series = Vector512.MultiplyAddEstimate(z, Polynomials.LogarithmBeyondCube(z), Vector512.Create(DoubleFormat.Third));
        Vector512<double> sum = Vector512.MultiplyAddEstimate(s * z, series, s);
        Vector512<double> logarithm = LogarithmForPower(x, Vector512.MultiplyAddEstimate(sum, Vector512.Create(DoubleFormat.TwoOverLn2), e));
        Vector512<double> exponent = Between(DoubleFormat.ShortPowerIsZero, DoubleFormat.ShortPowerIsInfinite, y * logarithm);
        Vector512<double> n = Vector512.Round(exponent);
        Vector512<double> r = (exponent - n) * DoubleFormat.Ln2;
        Vector512<double> power = Vector512<double>.One + Vector512.MultiplyAddEstimate(r * r, Polynomials.Exponential(r), r);
        return PowerAtTheEnds(x, y, PowerOfTwo.Scale(power, n));
    }

    /// <summary>The logarithm of |x|, or the infinity it is for zero and infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogarithmForPower(Vector512<double> x, Vector512<double> logarithm)
    {
        Vector512<double> infinity = Vector512.Create(double.PositiveInfinity);
        logarithm = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), -infinity, logarithm);
        return Vector512.ConditionalSelect(Vector512.Equals(Vector512.Abs(x), infinity), infinity, logarithm);
    }

    /// <summary>The power of x, given that of |x| where both are ordinary numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PowerAtTheEnds(Vector512<double> x, Vector512<double> y, Vector512<double> power)
    {
        Vector512<double> one = Vector512<double>.One;
        Vector512<double> floor = Vector512.Floor(y);
        Vector512<double> isOdd = Vector512.Equals(y - (2.0 * Vector512.Floor(0.5 * y)), one);
        Vector512<double> isNegative = Vector512.LessThan(x, Vector512<double>.Zero);
        power = Vector512.ConditionalSelect(Vector512.Equals(Vector512.Abs(x), one), one, power);
        power = Vector512.ConditionalSelect(isOdd, Vector512.CopySign(power, x), power);

        // A negative number has no power that is not integral; negative infinity has.
        Vector512<double> isMissing = isNegative & Vector512.GreaterThan(x, Vector512.Create(double.NegativeInfinity)) & ~Vector512.Equals(y, floor);
        isMissing |= ~(Vector512.Equals(x, x) & Vector512.Equals(y, y));
        power = Vector512.ConditionalSelect(isMissing, Vector512.Create(double.NaN), power);
        return Vector512.ConditionalSelect(Vector512.Equals(y, Vector512<double>.Zero) | Vector512.Equals(x, one), one, power);
    }
}
