using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary>
/// ln x. With x = m 2ᵉ, √½ ≤ m &lt; √2, f = m - 1, s = f / (2 + f) and z = s², ln m = 2 artanh s = f - (h - s (h + R(z))), h = ½ f²: the
/// arrangement of fdlibm's e_log.c (Sun Microsystems, 1993), which keeps the rounding errors of all but f itself small. R is
/// the minimax polynomial of (2 artanh s) / s - 2 for the relative error of ln m (Remez's algorithm in 60 digits; relative error 8e-10
/// for float, 1.2e-18 for double). e ln 2 is added in two parts, the first exact.
/// </summary>
internal static class Logarithm
{
    private const double Ln2High = 0.693145751953125;
    private const double Ln2Low = 1.4286068203094173e-06;

    /// <summary>ln x: -infinity for ±0, NaN for negative x and NaN, infinity for infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Evaluate<TVector>(TVector x)
        where TVector : struct, IVector<TVector>
    {
        TVector zero = TVector.Create(0.0);
        TVector infinity = TVector.Create(double.PositiveInfinity);

        TVector subnormal = TVector.LessThan(x, TVector.Create(TVector.IsSingle ? 1.1754943508222875e-38 : 2.2250738585072014e-308));
        TVector normal = TVector.Select(subnormal, x * TVector.Create(18014398509481984.0), x);
        TVector m = TVector.Decompose(normal, out TVector e);
        e = TVector.Select(subnormal, e - TVector.Create(54.0), e);

        TVector f = m - TVector.Create(1.0);
        TVector s = f / (f + TVector.Create(2.0));
        TVector z = s * s;
        TVector r = z * (TVector.IsSingle
            ? Polynomial.Evaluate(z, 0.6666677594184875, 0.3997756838798523, 0.2987108528614044)
            : Polynomial.Evaluate(
                z,
                0.6666666666666734,
                0.3999999999941601,
                0.2857142874210284,
                0.22222198601148463,
                0.18183562940118828,
                0.15314084294928224,
                0.14795628959013662));
        TVector h = TVector.Create(0.5) * f * f;
        TVector small = TVector.MultiplyAdd(e, TVector.Create(Ln2Low), s * (h + r));
        TVector result = TVector.MultiplyAdd(e, TVector.Create(Ln2High), f - (h - small));

        // Infinity and NaN are their own logarithms.
        result = TVector.Select(TVector.LessThan(x, infinity), result, x);
        result = TVector.Select(TVector.LessThan(x, zero), TVector.Create(double.NaN), result);
        return TVector.Select(TVector.Equal(x, zero), TVector.Create(double.NegativeInfinity), result);
    }
}
