using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary>
/// eˣ and what is made of it. Cody and Waite's reduction (Software Manual for the Elementary Functions, 1980): x = n ln 2 + r with
/// |r| ≤ ½ ln 2, ln 2 in two parts of which the first has 16 bits, so that n times it is exact even without fused multiply-add.
/// Then eʳ = 1 + r + r² q(r), q the minimax polynomial for the relative error of eʳ - 1 (Remez's algorithm in 60 digits; relative error
/// 2.4e-10 for float, 1.8e-17 for double), and eˣ = 2ⁿ eʳ. The small terms are added to 1 last, so that one rounding dominates.
/// </summary>
internal static class Exponential
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 0.693145751953125;
    private const double Ln2Low = 1.4286068203094173e-06;

    /// <summary>eˣ: 0 and infinity beyond the range of the format, subnormal results rounded once, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Evaluate<TVector>(TVector x)
        where TVector : struct, IVector<TVector>
    {
        TVector tail = BoundedMinusOne(x, out TVector n);
        return TVector.Scale(TVector.Create(1.0) + tail, n);
    }

    /// <summary>eˣ as above, and the error of its last addition.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Evaluate<TVector>(TVector x, out TVector low)
        where TVector : struct, IVector<TVector>
    {
        TVector tail = BoundedMinusOne(x, out TVector n);
        TVector sum = CompensatedQuotient.AddToLarger(TVector.Create(1.0), tail, out low);
        low = TVector.Scale(low, n);
        return TVector.Scale(sum, n);
    }

    /// <summary>eʳ - 1, relatively accurate, and n, for the reduced argument r = x - n ln 2 of a finite x of moderate size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector ReducedMinusOne<TVector>(TVector x, out TVector n)
        where TVector : struct, IVector<TVector>
    {
        n = TVector.Round(x * TVector.Create(Log2E));
        TVector r = TVector.MultiplyAdd(n, TVector.Create(-Ln2High), x);
        r = TVector.MultiplyAdd(n, TVector.Create(-Ln2Low), r);
        TVector q = TVector.IsSingle
            ? Polynomial.Evaluate(
                r,
                0.5,
                0.1666666567325592,
                0.041666362434625626,
                0.008333389647305012,
                0.0013940627686679363,
                0.00019845881615765393)
            : Polynomial.Evaluate(
                r,
                0.5000000000000006,
                0.16666666666666588,
                0.04166666666657674,
                0.008333333333389557,
                0.0013888888931567036,
                0.00019841269718979732,
                2.4801505271629876e-05,
                2.7557407577940926e-06,
                2.7626038626974827e-07,
                2.5053761047656857e-08);
        return TVector.MultiplyAdd(r * r, q, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector BoundedMinusOne<TVector>(TVector x, out TVector n)
        where TVector : struct, IVector<TVector>
    {
        // Bounds whose results round to 0 and to infinity; within them 2ⁿ can be scaled by.
        x = TVector.AtLeast(TVector.Create(TVector.IsSingle ? -104.0 : -746.0), x);
        x = TVector.AtMost(TVector.Create(TVector.IsSingle ? 89.0 : 710.0), x);
        return ReducedMinusOne(x, out n);
    }
}
