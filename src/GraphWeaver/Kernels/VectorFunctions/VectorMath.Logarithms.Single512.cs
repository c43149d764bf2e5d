using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.VectorFunctions;

namespace GraphWeaver.Kernels;

public static partial class VectorMath
{
    /// <summary>The binary logarithm, within 1 ulp: exact for powers of 2, -infinity for ±0, NaN for negative x and NaN, infinity for infinity.</summary>
    /// <remarks>ln m in two parts, as <see cref="Log(Vector512{float})"/> arranges it, times log₂ e in two parts.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log2(Vector512<float> x)
    {
        Vector512<float> f = Decompose(x, out Vector512<float> e);
        Vector512<float> high = LogarithmOf(f, out Vector512<float> low);
        return LogarithmAtTheEnds(x, BinaryLogarithm(e, high, low));
    }

    /// <summary>The decimal logarithm, within 1 ulp: -infinity for ±0, NaN for negative x and NaN, infinity for infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log10(Vector512<float> x)
    {
        Vector512<float> f = Decompose(x, out Vector512<float> e);
        Vector512<float> high = LogarithmOf(f, out Vector512<float> low);
        return LogarithmAtTheEnds(x, DecimalLogarithm(e, high, low));
    }

    /// <summary>ln(1 + x), within 1 ulp and so relatively accurate near 0: +0 for ±0, -infinity for -1, NaN below and for NaN, infinity for infinity.</summary>
    /// <remarks>The logarithm of the rounded sum; near 0 with x itself for f, elsewhere with the rounding error of the sum added to first order.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LogP1(Vector512<float> x)
    {
        Vector512<float> high = LogarithmOfOnePlus(x, out Vector512<float> sum, out Vector512<float> e, out Vector512<float> low);
        Vector512<float> whole = e * SingleFormat.Ln2High;
        Vector512<float> result = whole + high;
        low = Vector512.MultiplyAddEstimate(e, Vector512.Create(SingleFormat.Ln2Low), whole - result + high + low);
        return LogarithmAtTheEnds(sum, result + low);
    }

    /// <summary>log₂(1 + x), within 1 ulp and so relatively accurate near 0: the special values of <see cref="LogP1(Vector512{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log2P1(Vector512<float> x)
    {
        Vector512<float> high = LogarithmOfOnePlus(x, out Vector512<float> sum, out Vector512<float> e, out Vector512<float> low);
        return LogarithmAtTheEnds(sum, BinaryLogarithm(e, high, low));
    }

    /// <summary>log₁₀(1 + x), within 1 ulp and so relatively accurate near 0: the special values of <see cref="LogP1(Vector512{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log10P1(Vector512<float> x)
    {
        Vector512<float> high = LogarithmOfOnePlus(x, out Vector512<float> sum, out Vector512<float> e, out Vector512<float> low);
        return LogarithmAtTheEnds(sum, DecimalLogarithm(e, high, low));
    }

    /// <summary>f and e of x = (1 + f) 2ᵉ, √½ ≤ 1 + f &lt; √2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Decompose(Vector512<float> x, out Vector512<float> e)
    {
        Vector512<float> subnormal = Vector512.LessThan(x, Vector512.Create(SingleFormat.SmallestNormal));
        Vector512<float> f = DecomposeNormal(Vector512.ConditionalSelect(subnormal, x * SingleFormat.TwoTo54, x), out e);
        e -= subnormal & Vector512.Create(SingleFormat.FiftyFour);
        return f;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> DecomposeNormal(Vector512<float> x, out Vector512<float> e)
    {
        // Offset so that the exponent field changes at √½; the field becomes a number by being the low bits of a large power of two.
        var bits = x.AsUInt32();
        var field = Vector512.ShiftRightLogical(bits + Vector512.Create(SingleFormat.OneMinusSqrtHalfBits), SingleFormat.ExponentShift);
        e = (field | Vector512.Create(SingleFormat.IntegerBits)).AsSingle() - Vector512.Create(SingleFormat.IntegerAndBias);
        var exponentOfM = Vector512.ShiftLeft(field - Vector512.Create(SingleFormat.ExponentBias), SingleFormat.ExponentShift);
        return (bits - exponentOfM).AsSingle() - Vector512<float>.One;
    }

    /// <summary>ln(1 + f) in two parts, for √½ - 1 ≤ f ≤ √2 - 1: f - h, h = ½ f², and the rest of the sum in <see cref="Log(Vector512{float})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogarithmOf(Vector512<float> f, out Vector512<float> low)
    {
        Vector512<float> h = SingleFormat.Half * f * f;
        Vector512<float> high = f - h;
        low = f - high - h + Polynomials.LogarithmRest(f, h);
        return high;
    }

    /// <summary>1 + x rounded, its exponent, and the logarithm of its significand in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogarithmOfOnePlus(Vector512<float> x, out Vector512<float> sum, out Vector512<float> e, out Vector512<float> low)
    {
        // sum - 1 is exact until 1 is less than a unit in the last place, and then no longer matters.
        sum = Vector512<float>.One + x;
        Vector512<float> lost = x - (sum - Vector512<float>.One);
        Vector512<float> f = DecomposeNormal(sum, out e);
        Vector512<float> isNear = Vector512.Equals(e, Vector512<float>.Zero);
        Vector512<float> high = LogarithmOf(Vector512.ConditionalSelect(isNear, x, f), out low);

        // The derivative is 1 / (1 + f); 1 - f + f² is as near to it as a rounding error needs.
        Vector512<float> scaled = PowerOfTwo.Scale(lost, -e) * Vector512.MultiplyAddEstimate(f, f, Vector512<float>.One - f);
        low += Vector512.ConditionalSelect(isNear, Vector512<float>.Zero, scaled);
        return high;
    }

    /// <summary>e + (high + low) log₂ e.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> BinaryLogarithm(Vector512<float> e, Vector512<float> high, Vector512<float> low)
    {
        Vector512<float> product = Product(high, SingleFormat.Log2E, SingleFormat.Log2ETail, out Vector512<float> productLow);
        Vector512<float> rest = Vector512.MultiplyAddEstimate(low, Vector512.Create(SingleFormat.Log2E), productLow);
        Vector512<float> result = e + product;
        return result + (e - result + product + rest);
    }

    /// <summary>e log₁₀ 2 + (high + low) log₁₀ e.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> DecimalLogarithm(Vector512<float> e, Vector512<float> high, Vector512<float> low)
    {
        Vector512<float> product = Product(high, SingleFormat.Log10E, SingleFormat.Log10ETail, out Vector512<float> productLow);
        Vector512<float> rest = Vector512.MultiplyAddEstimate(low, Vector512.Create(SingleFormat.Log10E), productLow);
        rest = Vector512.MultiplyAddEstimate(e, Vector512.Create(SingleFormat.Log10Of2Low), rest);
        Vector512<float> whole = e * SingleFormat.Log10Of2High;
        Vector512<float> result = whole + product;
        return result + (whole - result + product + rest);
    }

    /// <summary>The result where x is positive and finite; infinity and NaN, which are their own logarithms, -infinity for zero, and NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogarithmAtTheEnds(Vector512<float> x, Vector512<float> result)
    {
        result = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(float.PositiveInfinity)), result, x);
        result = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), Vector512.Create(float.NaN), result);
        return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.NegativeInfinity), result);
    }
}
