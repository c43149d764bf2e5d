using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.VectorFunctions;

namespace GraphWeaver.Kernels;

public static partial class VectorMath
{
    /// <summary>The arc tangent in radians, within 1 ulp: ±0 for ±0, ±π/2 for infinities, NaN for NaN.</summary>
    /// <remarks>
    /// Three ranges of |x|, parted at ½ and 2, where x - 1 is still exact, each a quotient of magnitude at most ½ whose arc tangent is a
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
    /// <remarks>The quotient of the smaller by the larger magnitude, reduced once more beyond ½, is turned into its octant by a multiple of π/4 in two parts.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Atan2(Vector512<float> y, Vector512<float> x)
    {
        Vector512<float> angle = AngleOfPoint(y, x, out Vector512<float> low);
        Vector512<float> result = Vector512.CopySign(angle + low, y);
        if (HasExtremeSides(y, x))
        {
            Atan2OfExtremeSides(y, x, out Vector512<float> rare);
            result = rare;
        }

        return result;
    }

    /// <summary>The angle of the point (x, y) in half turns, from -1 to 1, within 1.8 ulp (1.1 unless the result is subnormal), otherwise as <see cref="Atan2(Vector512{float}, Vector512{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Atan2Pi(Vector512<float> y, Vector512<float> x)
    {
        Vector512<float> angle = AngleOfPoint(y, x, out Vector512<float> low);
        Vector512<float> result = Vector512.CopySign(InHalfTurns(angle, low), y);
        if (HasExtremeSides(y, x))
        {
            Atan2PiOfExtremeSides(y, x, out Vector512<float> rare);
            result = rare;
        }

        return result;
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
        Vector512<float> two = Vector512.Create(SingleFormat.Two);
        Vector512<float> slope = Vector512.MinNative(Vector512.Create(SingleFormat.SteepestSlope), Vector512.Abs(x));
        Vector512<float> isSteep = Vector512.GreaterThan(slope, two);
        Vector512<float> isMiddle = Vector512.GreaterThan(slope, Vector512.Create(SingleFormat.Half));
        Vector512<float> sum = slope + one;
        Vector512<float> numerator = Vector512.ConditionalSelect(isSteep, one, (isMiddle & one) - slope);
        Vector512<float> denominator = Vector512.ConditionalSelect(isSteep, slope, Vector512.ConditionalSelect(isMiddle, sum, one));
        Vector512<float> lost = Vector512.AndNot(isMiddle, isSteep) & (slope - (sum - one));
        Vector512<float> quotient = ArcTangent(numerator, denominator, lost, out Vector512<float> rest);
        return AngleAfter(Vector512.ConditionalSelect(isSteep, two, isMiddle & one), quotient, rest, out low);
    }

    /// <summary>The angle of (x, |y|) in two parts, unless a side is so long or both are so short that <see cref="HasExtremeSides(Vector512{float}, Vector512{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AngleOfPoint(Vector512<float> y, Vector512<float> x, out Vector512<float> low)
    {
        Vector512<float> one = Vector512<float>.One;
        Vector512<float> two = Vector512.Create(SingleFormat.Two);
        Vector512<float> signBit = Vector512.Create(SingleFormat.NegativeZero);
        Vector512<float> width = Vector512.Abs(x);
        Vector512<float> height = Vector512.Abs(y);
        Vector512<float> isHigh = Vector512.GreaterThan(height, width);
        Vector512<float> larger = LargerSide(height, width);
        Vector512<float> smaller = Vector512.MinNative(width, height);

        // Beyond half the larger side the difference is exact.
        Vector512<float> isMiddle = Vector512.GreaterThan(smaller + smaller, larger);
        Vector512<float> sum = larger + (isMiddle & smaller);
        Vector512<float> lost = (isMiddle & smaller) - (sum - larger);
        Vector512<float> quotient = ArcTangent(smaller - (isMiddle & larger), sum, lost, out Vector512<float> rest);

        // The angle is ±arctan of the quotient after as many eighths of a turn.
        Vector512<float> sign = Vector512.AndNot(signBit, x ^ isHigh);
        Vector512<float> eighths = Vector512.ConditionalSelect(isHigh, two, two - Vector512.CopySign(two, x)) - ((isMiddle & one) ^ sign);
        return AngleAfter(eighths, quotient ^ sign, rest ^ sign, out low);
    }

    /// <summary>NaN where one of the two magnitudes, or the other one, is: the native operations either propagate NaN or return the second operand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LargerSide(Vector512<float> height, Vector512<float> width) => Vector512.MaxNative(height, width);

    /// <summary>Whether quotients of sides may be out of range, or both sides be zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasExtremeSides(Vector512<float> y, Vector512<float> x)
    {
        Vector512<float> larger = LargerSide(Vector512.Abs(y), Vector512.Abs(x));
        return Vector512.GreaterThanAny(
            larger.AsUInt32() - Vector512.Create(SingleFormat.SmallSide).AsUInt32(),
            Vector512.Create(SingleFormat.LargeSide).AsUInt32() - Vector512.Create(SingleFormat.SmallSide).AsUInt32());
    }

    /// <summary>t = -n / (d + d′), and arctan t - t, for quotients up to ½: negative, since then no sign need be changed on the way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ArcTangent(
        Vector512<float> numerator, Vector512<float> denominator, Vector512<float> denominatorLow, out Vector512<float> rest)
    {
        Vector512<float> reciprocal = -Vector512<float>.One / denominator;
        Vector512<float> quotient = numerator * reciprocal;
        Vector512<float> remainder = Vector512.FusedMultiplyAdd(quotient, denominator, numerator);
        remainder = Vector512.MultiplyAddEstimate(quotient, denominatorLow, remainder);
        Vector512<float> z = quotient * quotient;
        rest = Vector512.MultiplyAddEstimate(z * quotient, Polynomials.ArcTangent(z), remainder * reciprocal);
        return quotient;
    }

    /// <summary>eighths π/4 + angle + rest in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AngleAfter(Vector512<float> eighths, Vector512<float> angle, Vector512<float> rest, out Vector512<float> low)
    {
        Vector512<float> whole = eighths * SingleFormat.QuarterPiHigh;
        Vector512<float> sum = whole + angle;
        low = whole - sum + angle + Vector512.MultiplyAddEstimate(eighths, Vector512.Create(SingleFormat.QuarterPiLow), rest);
        return sum;
    }

    /// <summary>arcsin |x| in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AngleOfSine(Vector512<float> x, out Vector512<float> low)
    {
        Vector512<float> magnitude = Vector512.Abs(x);
        Vector512<float> isSteep = Vector512.GreaterThan(magnitude, Vector512.Create(SingleFormat.Half));
        Vector512<float> s = ReduceSine(magnitude, isSteep, out Vector512<float> rest);
        Vector512<float> factor = Vector512.ConditionalSelect(isSteep, Vector512.Create(-SingleFormat.Two), Vector512<float>.One);
        return AngleAfter(isSteep & Vector512.Create(SingleFormat.Two), factor * s, factor * rest, out low);
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
        return AngleAfter(eighths, factor * s, factor * rest, out low);
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

    /// <summary>(angle + low) / π.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> InHalfTurns(Vector512<float> angle, Vector512<float> low)
    {
        Vector512<float> sum = angle + low;
        Vector512<float> product = Product(sum, SingleFormat.OneOverPi, SingleFormat.OneOverPiTail, out Vector512<float> productLow);
        return product + Vector512.MultiplyAddEstimate(angle - sum + low, Vector512.Create(SingleFormat.OneOverPi), productLow);
    }
}
