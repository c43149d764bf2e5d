using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary>
/// tanh x = t / (t + 2) with t = e²ˣ - 1, for |x|, the sign put back at the end. t is computed without cancellation from the reduced
/// exponential, 2ⁿ (eʳ - 1) + (2ⁿ - 1), so the result is relatively accurate down to the smallest x, with one division and no branch.
/// </summary>
internal static class HyperbolicTangent
{
    // tanh 20 rounds to 1 in both formats.
    private const double Saturation = 20.0;

    /// <summary>tanh x: ±1 for large x, ±0 for ±0, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Evaluate<TVector>(TVector x)
        where TVector : struct, IVector<TVector>
    {
        TVector magnitude = TVector.AtMost(TVector.Create(Saturation), TVector.Abs(x));
        TVector tail = Exponential.ReducedMinusOne(magnitude + magnitude, out TVector n);
        TVector power = TVector.Scale(TVector.Create(1.0), n);
        TVector powerMinusOne = power - TVector.Create(1.0);
        TVector t = TVector.MultiplyAdd(power, tail, powerMinusOne);
        TVector tLow = TVector.MultiplyAdd(power, tail, powerMinusOne - t);
        TVector denominator = CompensatedQuotient.Add(TVector.Create(2.0), t, out TVector denominatorLow);
        return TVector.CopySign(CompensatedQuotient.Divide(t, tLow, denominator, denominatorLow + tLow), x);
    }
}
