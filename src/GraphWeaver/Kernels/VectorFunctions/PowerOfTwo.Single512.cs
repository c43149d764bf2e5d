using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.VectorFunctions;

internal static partial class PowerOfTwo
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ScaleInSteps(Vector512<float> x, Vector512<float> n)
    {
        // In two steps, since 2ⁿ itself need not be representable.
        Vector512<float> half = Vector512.Round(n * SingleFormat.Half);
        return x * Of(half) * Of(n - half);
    }

    /// <summary>2ⁿ where that is a normal number: the sum's low bits are the biased exponent, and the shift moves them into the exponent field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Of(Vector512<float> n) =>
        Vector512.ShiftLeft((n + Vector512.Create(SingleFormat.SignedIntegerAndBias)).AsUInt32(), SingleFormat.ExponentShift).AsSingle();
}
