using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.VectorFunctions;

namespace GraphWeaver.Kernels;

public static partial class VectorMath
{
    /// <summary>The arc tangent in radians, within 1 ulp: ±0 for ±0, ±π/2 for infinities, NaN for NaN.</summary>
    /// <remarks>
    /// Three ranges of |x|, parted at tan(π/8) and tan(3π/8) as in Cephes (S. Moshier, 1984), each a quotient of magnitude at most √2 - 1 whose arc tangent is a
    /// polynomial: x, (x - 1) / (x + 1) after π/4, -1 / x after π/2. All errors of the quotient are carried along.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Atan(Vector512<float> x)
    {
        Vector512<float> angle = AngleOfSlope(x, out Vector512<float> low);
        return Vector512.CopySign(angle + low, x);
    }

    /// <summary>The arc tangent in half turns, within 1 ulp: ±0 for ±0, ±½ for infinities, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AtanPi(Vector512<float> x)
    {
        Vector512<float> angle = AngleOfSlope(x, out Vector512<float> low);
        return Vector512.CopySign(InHalfTurns(angle, low), x);
    }

    /// <summary>The angle of the point (x, y) in radians, from -π to π, within 1.3 ulp; zeros and infinities as IEEE 754 has them, NaN where one operand is NaN.</summary>
    /// <remarks>The quotient of the smaller by the larger magnitude, reduced once more beyond tan(π/8), is turned into its octant by a multiple of π/4 in two parts.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Atan2(Vector512<float> y, Vector512<float> x)
    {
        Vector512<float> angle = AngleOfPoint(y, x, out Vector512<float> low);
        return Vector512.CopySign(angle + low, y);
    }

    /// <summary>The angle of the point (x, y) in half turns, from -1 to 1, within 1.8 ulp (1.1 unless the result is subnormal), otherwise as <see cref="Atan2(Vector512{float}, Vector512{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Atan2Pi(Vector512<float> y, Vector512<float> x)
    {
        Vector512<float> angle = AngleOfPoint(y, x, out Vector512<float> low);
        return Vector512.CopySign(InHalfTurns(angle, low), y);
    }

    /// <summary>The arc sine in radians, within 1 ulp: ±0 for ±0, NaN beyond ±1 and for NaN.</summary>
    /// <remarks>A polynomial up to ½, and beyond π/2 - 2 arcsin √((1 - |x|) / 2), as in fdlibm (Sun Microsystems, 1993); the root is taken in two parts.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Asin(Vector512<float> x)
    {
        Vector512<float> angle = AngleOfSine(x, out Vector512<float> low);
        return Vector512.CopySign(angle + low, x);
    }

    /// <summary>The arc sine in half turns, within 1 ulp: ±0 for ±0, NaN beyond ±1 and for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AsinPi(Vector512<float> x)
    {
        Vector512<float> angle = AngleOfSine(x, out Vector512<float> low);
        return Vector512.CopySign(InHalfTurns(angle, low), x);
    }

    /// <summary>The arc cosine in radians, within 1 ulp: +0 for 1, NaN beyond ±1 and for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Acos(Vector512<float> x)
    {
        Vector512<float> angle = AngleOfCosine(x, out Vector512<float> low);
        return angle + low;
    }

    /// <summary>The arc cosine in half turns, within 1 ulp: +0 for 1, NaN beyond ±1 and for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AcosPi(Vector512<float> x)
    {
        Vector512<float> angle = AngleOfCosine(x, out Vector512<float> low);
        return InHalfTurns(angle, low);
    }

    /// <summary>arctan |x| in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AngleOfSlope(Vector512<float> x, out Vector512<float> low)
    {
        // Beyond 2⁶⁰ the angle is π/2, and infinity would not survive the remainder.
        Vector512<float> one = Vector512<float>.One;
        Vector512<float> slope = Vector512.MinNative(Vector512.Create(SingleFormat.SteepestSlope), Vector512.Abs(x));
        Vector512<float> isSteep = Vector512.GreaterThan(slope, Vector512.Create(SingleFormat.TanOf3EighthsPi));
        Vector512<float> isMiddle = Vector512.GreaterThan(slope, Vector512.Create(SingleFormat.TanOfEighthPi));
        Vector512<float> difference = slope - one;
        Vector512<float> sum = slope + one;
        Vector512<float> numerator = Vector512.ConditionalSelect(isSteep, -one, Vector512.ConditionalSelect(isMiddle, difference, slope));
        Vector512<float> denominator = Vector512.ConditionalSelect(isSteep, slope, Vector512.ConditionalSelect(isMiddle, sum, one));
        Vector512<float> inexact = Vector512.AndNot(isMiddle, isSteep);
        Vector512<float> eighths = Vector512.ConditionalSelect(isSteep, Vector512.Create(SingleFormat.Two), isMiddle & one);
        return ArcTangent(numerator, inexact & (slope - (difference + one)), denominator, inexact & (slope - (sum - one)), one, eighths, out low);
    }

    /// <summary>The angle of (x, |y|) in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AngleOfPoint(Vector512<float> y, Vector512<float> x, out Vector512<float> low)
    {
        Vector512<float> one = Vector512<float>.One;
        Vector512<float> infinity = Vector512.Create(float.PositiveInfinity);
        Vector512<float> acrossX = Vector512.Equals(Vector512.Abs(x), infinity);
        Vector512<float> acrossY = Vector512.Equals(Vector512.Abs(y), infinity);

        // Beside an infinity a number is zero, and NaN stays NaN.
        Vector512<float> width = Vector512.ConditionalSelect(acrossX, one, Vector512.ConditionalSelect(acrossY, x * Vector512<float>.Zero, Vector512.Abs(x)));
        Vector512<float> height = Vector512.ConditionalSelect(acrossY, one, Vector512.ConditionalSelect(acrossX, y * Vector512<float>.Zero, Vector512.Abs(y)));
        width = Vector512.Abs(width);
        height = Vector512.Abs(height);

        Vector512<float> isHigh = Vector512.GreaterThan(height, width);
        Vector512<float> larger = Vector512.ConditionalSelect(isHigh, height, width);
        Vector512<float> smaller = Vector512.ConditionalSelect(isHigh, width, height);
        Vector512<float> factor = Vector512.ConditionalSelect(
            Vector512.GreaterThan(larger, Vector512.Create(SingleFormat.LargeSide)),
            Vector512.Create(SingleFormat.LargeSideFactor),
            Vector512.ConditionalSelect(Vector512.LessThan(larger, Vector512.Create(SingleFormat.SmallSide)), Vector512.Create(SingleFormat.SmallSideFactor), one));
        larger = Vector512.ConditionalSelect(Vector512.Equals(larger, Vector512<float>.Zero), one, larger * factor);
        smaller *= factor;

        Vector512<float> isMiddle = Vector512.GreaterThan(smaller, larger * SingleFormat.TanOfEighthPi);
        Vector512<float> difference = smaller - larger;
        Vector512<float> sum = smaller + larger;
        Vector512<float> numerator = Vector512.ConditionalSelect(isMiddle, difference, smaller);
        Vector512<float> denominator = Vector512.ConditionalSelect(isMiddle, sum, larger);

        // The angle is ±arctan of the quotient after as many eighths of a turn.
        Vector512<float> isLeft = Vector512.LessThan(Vector512.CopySign(one, x), Vector512<float>.Zero);
        Vector512<float> eighths = isMiddle & one;
        eighths = Vector512.ConditionalSelect(isHigh, Vector512.Create(SingleFormat.Two) - eighths, eighths);
        eighths = Vector512.ConditionalSelect(isLeft, Vector512.Create(SingleFormat.Four) - eighths, eighths);
        Vector512<float> direction = Vector512.ConditionalSelect(isHigh ^ isLeft, -one, one);
        return ArcTangent(numerator, isMiddle & (smaller - (difference + larger)), denominator, isMiddle & (smaller - (sum - larger)), direction, eighths, out low);
    }

    /// <summary>eighths π/4 + direction arctan((n + n′) / (d + d′)) in two parts, for quotients up to √2 - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ArcTangent(
        Vector512<float> numerator,
        Vector512<float> numeratorLow,
        Vector512<float> denominator,
        Vector512<float> denominatorLow,
        Vector512<float> direction,
        Vector512<float> eighths,
        out Vector512<float> low)
    {
        Vector512<float> reciprocal = Vector512<float>.One / denominator;
        Vector512<float> quotient = numerator * reciprocal;
        Vector512<float> remainder = Vector512.FusedMultiplyAdd(-quotient, denominator, numerator);
        remainder += Vector512.MultiplyAddEstimate(-quotient, denominatorLow, numeratorLow);
        Vector512<float> z = quotient * quotient;
        Vector512<float> rest = Vector512.MultiplyAddEstimate(z * quotient, Polynomials.ArcTangent(z), remainder * reciprocal);

        Vector512<float> whole = eighths * SingleFormat.QuarterPiHigh;
        quotient *= direction;
        Vector512<float> angle = whole + quotient;
        rest = Vector512.MultiplyAddEstimate(eighths, Vector512.Create(SingleFormat.QuarterPiLow), rest * direction);
        low = whole - angle + quotient + rest;
        return angle;
    }

    /// <summary>arcsin |x| in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AngleOfSine(Vector512<float> x, out Vector512<float> low)
    {
        Vector512<float> magnitude = Vector512.Abs(x);
        Vector512<float> isSteep = Vector512.GreaterThan(magnitude, Vector512.Create(SingleFormat.Half));
        Vector512<float> s = ReduceSine(magnitude, isSteep, out Vector512<float> rest);
        Vector512<float> factor = Vector512.ConditionalSelect(isSteep, Vector512.Create(-SingleFormat.Two), Vector512<float>.One);
        return AngleAfter(isSteep & Vector512.Create(SingleFormat.Two), factor, s, rest, out low);
    }

    /// <summary>arccos x in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AngleOfCosine(Vector512<float> x, out Vector512<float> low)
    {
        Vector512<float> isSteep = Vector512.GreaterThan(Vector512.Abs(x), Vector512.Create(SingleFormat.Half));
        Vector512<float> isLeft = Vector512.LessThan(x, Vector512<float>.Zero);
        Vector512<float> s = ReduceSine(Vector512.Abs(x), isSteep, out Vector512<float> rest);
        Vector512<float> factor = Vector512.ConditionalSelect(isSteep, Vector512.Create(SingleFormat.Two), -Vector512<float>.One);
        factor = Vector512.ConditionalSelect(isLeft, -factor, factor);
        Vector512<float> eighths = Vector512.ConditionalSelect(isSteep, isLeft & Vector512.Create(SingleFormat.Four), Vector512.Create(SingleFormat.Two));
        return AngleAfter(eighths, factor, s, rest, out low);
    }

    /// <summary>s and arcsin s - s, s being x where x ≤ ½, else √((1 - x) / 2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ReduceSine(Vector512<float> x, Vector512<float> isSteep, out Vector512<float> rest)
    {
        Vector512<float> half = SingleFormat.Half * (Vector512<float>.One - x);
        Vector512<float> root = Vector512.Sqrt(half);
        Vector512<float> s = Vector512.ConditionalSelect(isSteep, root, x);
        Vector512<float> z = Vector512.ConditionalSelect(isSteep, half, x * x);

        // At 1 the root is zero, and without error.
        Vector512<float> rootLow = Vector512.FusedMultiplyAdd(-root, root, half) / (root + root);
        rootLow &= isSteep & Vector512.GreaterThan(root, Vector512<float>.Zero);
        rest = Vector512.MultiplyAddEstimate(z * s, Polynomials.ArcSine(z), rootLow);
        return s;
    }

    /// <summary>eighths π/4 + factor (s + rest) in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AngleAfter(Vector512<float> eighths, Vector512<float> factor, Vector512<float> s, Vector512<float> rest, out Vector512<float> low)
    {
        Vector512<float> whole = eighths * SingleFormat.QuarterPiHigh;
        Vector512<float> part = factor * s;
        Vector512<float> angle = whole + part;
        low = whole - angle + part + Vector512.MultiplyAddEstimate(eighths, Vector512.Create(SingleFormat.QuarterPiLow), rest * factor);
        return angle;
    }

    /// <summary>(angle + low) / π.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> InHalfTurns(Vector512<float> angle, Vector512<float> low)
    {
        Vector512<float> sum = angle + low;
        Vector512<float> product = Product(sum, SingleFormat.OneOverPi, SingleFormat.OneOverPiTail, out Vector512<float> productLow);
        return product + Vector512.MultiplyAddEstimate(angle - sum + low, Vector512.Create(SingleFormat.OneOverPi), productLow);
    }
}
