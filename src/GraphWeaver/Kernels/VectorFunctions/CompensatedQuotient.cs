using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary>
/// Quotients of sums that are wanted nearly correctly rounded. The rounding errors of numerator and denominator are carried along as
/// low parts (Dekker's and Knuth's error-free sums), and the remainder of the division, which a fused multiply-add gives exactly,
/// corrects the quotient: one division, and one rounding that matters. Without fused multiply-add it is as good as a plain division.
/// </summary>
internal static class CompensatedQuotient
{
    /// <summary>(n + n′) / (d + d′), n′ and d′ being small beside n and d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Divide<TVector>(TVector numerator, TVector numeratorLow, TVector denominator, TVector denominatorLow)
        where TVector : struct, IVector<TVector>
    {
        TVector zero = TVector.Create(0.0);
        TVector reciprocal = TVector.Create(1.0) / denominator;
        TVector quotient = numerator * reciprocal;
        TVector remainder = TVector.MultiplyAdd(zero - quotient, denominator, numerator);
        remainder += TVector.MultiplyAdd(zero - quotient, denominatorLow, numeratorLow);
        return TVector.MultiplyAdd(remainder, reciprocal, quotient);
    }

    /// <summary>x + y rounded, and the rounding error, for operands of any relative size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Add<TVector>(TVector x, TVector y, out TVector low)
        where TVector : struct, IVector<TVector>
    {
        TVector sum = x + y;
        TVector part = sum - x;
        low = (x - (sum - part)) + (y - part);
        return sum;
    }

    /// <summary>x + y rounded, and the rounding error, for |x| ≥ |y|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector AddToLarger<TVector>(TVector x, TVector y, out TVector low)
        where TVector : struct, IVector<TVector>
    {
        TVector sum = x + y;
        low = y - (sum - x);
        return sum;
    }
}
