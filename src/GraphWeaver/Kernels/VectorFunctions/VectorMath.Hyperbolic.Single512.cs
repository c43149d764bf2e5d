using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.VectorFunctions;

namespace GraphWeaver.Kernels;

public static partial class VectorMath
{
    /// <summary>The hyperbolic sine, within 1.2 ulp: ±0 for ±0, ±infinity for large x, NaN for NaN.</summary>
    /// <remarks>
    /// With |x| = n ln 2 + r, |r| ≤ ½ ln 2: the addition theorem 2ⁿ (a cosh r + b sinh r), a = 2⁻ⁿ sinh(n ln 2) = ½ (1 - 2⁻²ⁿ) and
    /// b = 2⁻ⁿ cosh(n ln 2) = ½ (1 + 2⁻²ⁿ). a is 0 or larger than b r, so there is no cancellation, near 0 either, and the leading terms are added without error.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sinh(Vector512<float> x)
    {
        Vector512<float> n = ReduceHyperbolic(x, out Vector512<float> r, out Vector512<float> odd, out Vector512<float> even, out Vector512<float> square);
        Vector512<float> a = Vector512.Create(SingleFormat.Half) - square;
        Vector512<float> b = Vector512.Create(SingleFormat.Half) + square;
        return Vector512.CopySign(PowerOfTwo.Scale(AddProduct(a, b, r, Vector512.MultiplyAddEstimate(a, even, b * odd)), n), x);
    }

    /// <summary>The hyperbolic cosine, within 1.6 ulp: 1 for ±0, infinity for large x, NaN for NaN.</summary>
    /// <remarks>2ⁿ (b cosh r + a sinh r), with the names of <see cref="Sinh(Vector512{float})"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cosh(Vector512<float> x)
    {
        Vector512<float> n = ReduceHyperbolic(x, out Vector512<float> r, out Vector512<float> odd, out Vector512<float> even, out Vector512<float> square);
        Vector512<float> a = Vector512.Create(SingleFormat.Half) - square;
        Vector512<float> b = Vector512.Create(SingleFormat.Half) + square;
        return PowerOfTwo.Scale(AddProduct(b, a, r, Vector512.MultiplyAddEstimate(b, even, a * odd)), n);
    }

    /// <summary>n and r of |x| = n ln 2 + r, sinh r - r (with the rounding error of r), cosh r - 1, and ½ 2⁻²ⁿ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ReduceHyperbolic(
        Vector512<float> x, out Vector512<float> r, out Vector512<float> odd, out Vector512<float> even, out Vector512<float> square)
    {
        Vector512<float> magnitude = Vector512.MinNative(Vector512.Create(SingleFormat.CoshIsInfinite), Vector512.Abs(x));
        Vector512<float> n = Vector512.Round(magnitude * SingleFormat.Log2E);
        r = ReduceByLn2(magnitude, n, out Vector512<float> rLow);
        Vector512<float> z = r * r;
        odd = Vector512.MultiplyAddEstimate(z * r, Polynomials.HyperbolicSine(z), rLow);
        even = z * Polynomials.HyperbolicCosine(z);
        Vector512<float> inverse = PowerOfTwo.Scale(Vector512<float>.One, -n);
        square = SingleFormat.Half * inverse * inverse;
        return n;
    }

    /// <summary>a + b r + low, where a is 0 or |a| ≥ |b r|, with one rounding that matters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AddProduct(Vector512<float> a, Vector512<float> b, Vector512<float> r, Vector512<float> low)
    {
        Vector512<float> product = b * r;
        Vector512<float> productLow = Vector512.FusedMultiplyAdd(b, r, -product);
        Vector512<float> sum = a + product;
        return sum + (a - sum + product + (productLow + low));
    }
}
