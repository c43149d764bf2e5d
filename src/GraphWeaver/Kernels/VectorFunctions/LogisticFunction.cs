using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary>
/// The logistic function (sigmoid) 1 / (1 + e⁻ˣ). With z = e^-|x| it is 1 / (1 + z) for positive and z / (1 + z) for negative x:
/// no overflow, and full relative accuracy down to subnormal results, where 1 / (1 + e⁻ˣ) would give 0.
/// </summary>
internal static class LogisticFunction
{
    /// <summary>1 / (1 + e⁻ˣ): 0 and 1 for large x, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Evaluate<TVector>(TVector x)
        where TVector : struct, IVector<TVector>
    {
        TVector zero = TVector.Create(0.0);
        TVector one = TVector.Create(1.0);
        TVector z = Exponential.Evaluate(zero - TVector.Abs(x), out TVector zLow);
        TVector negative = TVector.LessThan(x, zero);
        TVector denominator = CompensatedQuotient.AddToLarger(one, z, out TVector denominatorLow);
        return CompensatedQuotient.Divide(
            TVector.Select(negative, z, one),
            TVector.Select(negative, zLow, zero),
            denominator,
            denominatorLow + zLow);
    }
}
