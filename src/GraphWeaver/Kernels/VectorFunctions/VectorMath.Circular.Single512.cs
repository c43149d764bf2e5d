using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.VectorFunctions;

namespace GraphWeaver.Kernels;

public static partial class VectorMath
{
    /// <summary>The sine of x radians, within 1 ulp for every x: ±0 for ±0, NaN for infinities and NaN.</summary>
    /// <remarks>
    /// Cody and Waite's reduction, x = q π/2 + r with π/2 in three parts and r in two; where |x| is so large that q has too many bits, the
    /// lane goes to the scalar function. On |r| ≤ π/4 sine and cosine are polynomials of fdlibm's form (Sun Microsystems, 1993), and q chooses among them.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sin(Vector512<float> x)
    {
        var quadrant = ReduceByQuarterTurns(x, out Vector512<float> r, out Vector512<float> excess);
        Vector512<float> result = SineOf(quadrant, r, excess);
        if (HasLargeAngles(x))
        {
            Vector512<float> rare = result;
            LargeAngles.Sin(x, ref rare);
            result = rare;
        }

        return result;
    }

    /// <summary>The cosine of x radians, within 1 ulp for every x: 1 for ±0, NaN for infinities and NaN.</summary>
    /// <remarks>As <see cref="Sin(Vector512{float})"/>, a quarter turn on.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cos(Vector512<float> x)
    {
        var quadrant = ReduceByQuarterTurns(x, out Vector512<float> r, out Vector512<float> excess);
        Vector512<float> result = SineOf(quadrant + Vector512.Create(SingleFormat.IntegerOne), r, excess);
        if (HasLargeAngles(x))
        {
            Vector512<float> rare = result;
            LargeAngles.Cos(x, ref rare);
            result = rare;
        }

        return result;
    }

    /// <summary>The tangent of x radians, within 1.2 ulp for every x: ±0 for ±0, NaN for infinities and NaN.</summary>
    /// <remarks>As <see cref="Sin(Vector512{float})"/>, with a polynomial for the tangent, and its negative reciprocal in every other quarter turn.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tan(Vector512<float> x)
    {
        var quadrant = ReduceByQuarterTurns(x, out Vector512<float> r, out Vector512<float> excess);
        Vector512<float> result = TangentOf(quadrant, r, excess);
        if (HasLargeAngles(x))
        {
            Vector512<float> rare = result;
            LargeAngles.Tan(x, ref rare);
            result = rare;
        }

        return result;
    }

    /// <summary>The sine of x half turns, sin(π x), within 1 ulp: zero with the sign of x for integral x, NaN for infinities and NaN.</summary>
    /// <remarks>x = q / 2 + f without error for every x; then as <see cref="Sin(Vector512{float})"/> with r = π f in two parts.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SinPi(Vector512<float> x)
    {
        var quadrant = ReduceByHalves(x, out Vector512<float> r, out Vector512<float> excess);
        Vector512<float> result = SineOf(quadrant, r, excess);
        return Vector512.ConditionalSelect(Vector512.Equals(result, Vector512<float>.Zero), Vector512.CopySign(result, x), result);
    }

    /// <summary>The cosine of x half turns, cos(π x), within 1 ulp: +0 halfway between integers, NaN for infinities and NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> CosPi(Vector512<float> x)
    {
        var quadrant = ReduceByHalves(x, out Vector512<float> r, out Vector512<float> excess);

        // Adding zero takes the sign off a negative zero.
        return SineOf(quadrant + Vector512.Create(SingleFormat.IntegerOne), r, excess) + Vector512<float>.Zero;
    }

    /// <summary>
    /// The tangent of x half turns, tan(π x), within 1.2 ulp: zero for integral x and infinity halfway between, with the signs of IEEE 754 (the sign of x
    /// for even integers and the other one for odd), NaN for infinities and NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> TanPi(Vector512<float> x)
    {
        var quadrant = ReduceByHalves(x, out Vector512<float> r, out Vector512<float> excess);
        Vector512<float> result = TangentOf(quadrant, r, excess);
        Vector512<float> atMultiple = Vector512.ConditionalSelect(
            IsEven(quadrant), Vector512.CopySign(Vector512<float>.Zero, x), Vector512.Create(float.PositiveInfinity)) ^ SignOf(quadrant);
        return Vector512.ConditionalSelect(Vector512.Equals(r, Vector512<float>.Zero), atMultiple, result);
    }

    /// <summary>q, in its low bits, and r less a small excess, of x = q π/2 + (r - excess).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<UInt32> ReduceByQuarterTurns(Vector512<float> x, out Vector512<float> r, out Vector512<float> excess)
    {
        // A number so large that adding it rounds to an integer, which the low bits of the sum then are.
        Vector512<float> shifted = Vector512.MultiplyAddEstimate(x, Vector512.Create(SingleFormat.TwoOverPi), Vector512.Create(SingleFormat.SignedInteger));
        Vector512<float> n = shifted - Vector512.Create(SingleFormat.SignedInteger);

        // The first difference is exact, and a multiple of the product's unit, so that the rounding error of the second one is known exactly, too
        // (Dekker's sum).
        Vector512<float> first = Vector512.FusedMultiplyAdd(n, Vector512.Create(-SingleFormat.HalfPi), x);
        Vector512<float> product = n * SingleFormat.HalfPiTail;
        Vector512<float> productLow = Vector512.FusedMultiplyAdd(n, Vector512.Create(SingleFormat.HalfPiTail), -product);
        r = first - product;
        excess = r - first + product + Vector512.MultiplyAddEstimate(n, Vector512.Create(SingleFormat.HalfPiTailOfTail), productLow);
        return shifted.AsUInt32();
    }

    /// <summary>q, in its low bits, and r less a small excess, of π x = q π/2 + (r - excess).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<UInt32> ReduceByHalves(Vector512<float> x, out Vector512<float> r, out Vector512<float> excess)
    {
        Vector512<float> turn = x - (SingleFormat.Two * Vector512.Round(x * SingleFormat.Half));
        Vector512<float> shifted = turn + turn + Vector512.Create(SingleFormat.SignedInteger);
        Vector512<float> n = shifted - Vector512.Create(SingleFormat.SignedInteger);
        r = Product(turn - (SingleFormat.Half * n), SingleFormat.Pi, SingleFormat.PiTail, out Vector512<float> rLow);
        excess = -rLow;
        return shifted.AsUInt32();
    }

    /// <summary>sin(q π/2 + (r - excess)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SineOf(Vector512<UInt32> quadrant, Vector512<float> r, Vector512<float> excess)
    {
        // What is subtracted from a zero r is +0, so that its sign stays.
        Vector512<float> z = r * r;
        Vector512<float> sineExcess = Vector512.MultiplyAddEstimate(z * r, Polynomials.Sine(z), excess);

        // The rounding error of 1 - ½ z goes with the small terms.
        Vector512<float> half = SingleFormat.Half * z;
        Vector512<float> leading = Vector512<float>.One - half;
        Vector512<float> small = Vector512.MultiplyAddEstimate(r, excess, Vector512<float>.One - leading - half);
        small = Vector512.MultiplyAddEstimate(z * z, Polynomials.Cosine(z), small);
        return Vector512.ConditionalSelect(IsEven(quadrant), r - sineExcess, leading + small) ^ SignOf(quadrant);
    }

    /// <summary>tan(q π/2 + (r - excess)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> TangentOf(Vector512<UInt32> quadrant, Vector512<float> r, Vector512<float> excess)
    {
        Vector512<float> z = r * r;
        Vector512<float> tail = Vector512.MultiplyAddEstimate(-(z * r), Polynomials.Tangent(z), Vector512.MultiplyAddEstimate(excess, z, excess));
        Vector512<float> tangent = r - tail;
        Vector512<float> tangentLow = r - tangent - tail;

        // The negative reciprocal, with one Newton step for its own error and that of the tangent.
        Vector512<float> reciprocal = -Vector512<float>.One / tangent;
        Vector512<float> missing = Vector512.FusedMultiplyAdd(reciprocal, tangent, Vector512<float>.One);
        missing = Vector512.MultiplyAddEstimate(reciprocal, tangentLow, missing);
        return Vector512.ConditionalSelect(IsEven(quadrant), tangent, Vector512.MultiplyAddEstimate(reciprocal, missing, reciprocal));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> IsEven(Vector512<UInt32> quadrant) =>
        Vector512.Equals(quadrant & Vector512.Create(SingleFormat.IntegerOne), Vector512<UInt32>.Zero).AsSingle();

    /// <summary>The sign bit, where the second bit of a quadrant is set: the half turn in which sine is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SignOf(Vector512<UInt32> quadrant) =>
        Vector512.ShiftLeft(quadrant, SingleFormat.SignShift - 1).AsSingle() & Vector512.Create(SingleFormat.NegativeZero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasLargeAngles(Vector512<float> x) =>
        Vector512.GreaterThanAny(Vector512.Abs(x), Vector512.Create(SingleFormat.LargeAngle));
}
