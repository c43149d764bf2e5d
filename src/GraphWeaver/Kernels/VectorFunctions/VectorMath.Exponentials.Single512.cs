using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.VectorFunctions;

namespace GraphWeaver.Kernels;

public static partial class VectorMath
{
    /// <summary>eˣ - 1, within 1.1 ulp and so relatively accurate near 0: +0 for ±0, -1 and infinity for large x, NaN for NaN.</summary>
    /// <remarks>The reduction of <see cref="Exp(Vector512{float})"/>, with the rounding error of r kept.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpM1(Vector512<float> x)
    {
        Vector512<float> bounded = Between(SingleFormat.ExpIsNegligible, SingleFormat.ExpIsInfinite, x);
        Vector512<float> n = Vector512.Round(bounded * SingleFormat.Log2E);
        return MinusOne(n, ReduceByLn2(bounded, n, out Vector512<float> rLow), rLow);
    }

    /// <summary>2ˣ, within 1 ulp: exact for integral x, 0 and infinity beyond the range of the format, NaN for NaN.</summary>
    /// <remarks>x = n + f, |f| ≤ ½, without error, and 2ˣ = 2ⁿ eʳ with r = f ln 2.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp2(Vector512<float> x)
    {
        Vector512<float> bounded = Between(SingleFormat.Exp2IsZero, SingleFormat.Exp2IsInfinite, x);
        Vector512<float> n = Vector512.Round(bounded);
        return PlusOne(n, Product(bounded - n, SingleFormat.Ln2, SingleFormat.Ln2Tail, out Vector512<float> rLow), rLow);
    }

    /// <summary>2ˣ - 1, within 1.1 ulp and so relatively accurate near 0: +0 for ±0, -1 and infinity for large x, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp2M1(Vector512<float> x)
    {
        Vector512<float> bounded = Between(SingleFormat.ExpIsNegligible, SingleFormat.Exp2IsInfinite, x);
        Vector512<float> n = Vector512.Round(bounded);
        return MinusOne(n, Product(bounded - n, SingleFormat.Ln2, SingleFormat.Ln2Tail, out Vector512<float> rLow), rLow);
    }

    /// <summary>10ˣ, within 1 ulp: 0 and infinity beyond the range of the format, NaN for NaN.</summary>
    /// <remarks>x = n log₁₀ 2 + t with |t| ≤ ½ log₁₀ 2, and 10ˣ = 2ⁿ eʳ with r = t ln 10; both roundings are kept.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp10(Vector512<float> x)
    {
        Vector512<float> bounded = Between(SingleFormat.Exp10IsZero, SingleFormat.Exp10IsInfinite, x);
        Vector512<float> n = Vector512.Round(bounded * SingleFormat.Log2Of10);
        return PlusOne(n, ReduceByLog10Of2(bounded, n, out Vector512<float> rLow), rLow);
    }

    /// <summary>10ˣ - 1, within 1.5 ulp and so relatively accurate near 0: +0 for ±0, -1 and infinity for large x, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp10M1(Vector512<float> x)
    {
        Vector512<float> bounded = Between(SingleFormat.Exp10IsNegligible, SingleFormat.Exp10IsInfinite, x);
        Vector512<float> n = Vector512.Round(bounded * SingleFormat.Log2Of10);
        return MinusOne(n, ReduceByLog10Of2(bounded, n, out Vector512<float> rLow), rLow);
    }

    /// <summary>x, but not beyond the bounds; NaN where x is NaN, since the native operations return the second operand then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Between(float low, float high, Vector512<float> x) =>
        Vector512.MinNative(Vector512.Create(high), Vector512.MaxNative(Vector512.Create(low), x));

    /// <summary>2ⁿ e^(r + r′), r′ being a rounding error of r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PlusOne(Vector512<float> n, Vector512<float> r, Vector512<float> rLow)
    {
        Vector512<float> tail = r + Vector512.MultiplyAddEstimate(r * r, Polynomials.Exponential(r), rLow);
        return PowerOfTwo.Scale(Vector512<float>.One + tail, n);
    }

    /// <summary>2ⁿ e^(r + r′) - 1, as 2ⁿ ((1 - 2⁻ⁿ) + (eʳ - 1)): the first term is 0 or larger than the second, so their sum's error is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> MinusOne(Vector512<float> n, Vector512<float> r, Vector512<float> rLow)
    {
        Vector512<float> tail = Vector512.MultiplyAddEstimate(r * r, Polynomials.Exponential(r), rLow);
        Vector512<float> whole = Vector512<float>.One - PowerOfTwo.Scale(Vector512<float>.One, -n);
        Vector512<float> sum = whole + r;
        return PowerOfTwo.Scale(sum + (whole - sum + r + tail), n);
    }

    /// <summary>x - n ln 2 and its rounding error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ReduceByLn2(Vector512<float> x, Vector512<float> n, out Vector512<float> low)
    {
        Vector512<float> first = Vector512.MultiplyAddEstimate(n, Vector512.Create(-SingleFormat.Ln2High), x);
        Vector512<float> r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-SingleFormat.Ln2Low), first);
        low = Vector512.MultiplyAddEstimate(n, Vector512.Create(-SingleFormat.Ln2Low), first - r);
        return r;
    }

    /// <summary>(x - n log₁₀ 2) ln 10 and its rounding error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ReduceByLog10Of2(Vector512<float> x, Vector512<float> n, out Vector512<float> low)
    {
        Vector512<float> first = Vector512.MultiplyAddEstimate(n, Vector512.Create(-SingleFormat.Log10Of2High), x);
        Vector512<float> t = Vector512.MultiplyAddEstimate(n, Vector512.Create(-SingleFormat.Log10Of2Low), first);
        Vector512<float> tLow = Vector512.MultiplyAddEstimate(n, Vector512.Create(-SingleFormat.Log10Of2Low), first - t);
        Vector512<float> r = Product(t, SingleFormat.Ln10, SingleFormat.Ln10Tail, out Vector512<float> rLow);
        low = Vector512.MultiplyAddEstimate(tLow, Vector512.Create(SingleFormat.Ln10), rLow);
        return r;
    }

    /// <summary>x times a constant given in two parts, and the rounding error of it (Dekker's product, with fused multiply-add).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Product(Vector512<float> x, float constant, float constantTail, out Vector512<float> low)
    {
        Vector512<float> product = x * constant;
        low = Vector512.FusedMultiplyAdd(x, Vector512.Create(constant), -product);
        low = Vector512.MultiplyAddEstimate(x, Vector512.Create(constantTail), low);
        return product;
    }
}
