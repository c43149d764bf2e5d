using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary>Polynomials by Horner's scheme, lowest coefficient first; coefficients are constants and end up as memory operands.</summary>
internal static class Polynomial
{
    /// <summary>c₀ + c₁ x + c₂ x².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Evaluate<TVector>(TVector x, double c0, double c1, double c2)
        where TVector : struct, IVector<TVector>
    {
        TVector p = TVector.MultiplyAdd(TVector.Create(c2), x, TVector.Create(c1));
        return TVector.MultiplyAdd(p, x, TVector.Create(c0));
    }

    /// <summary>c₀ + c₁ x + ... + c₅ x⁵.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Evaluate<TVector>(TVector x, double c0, double c1, double c2, double c3, double c4, double c5)
        where TVector : struct, IVector<TVector> =>
        Extend(Evaluate(x, c3, c4, c5), x, c0, c1, c2);

    /// <summary>c₀ + c₁ x + ... + c₆ x⁶.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Evaluate<TVector>(TVector x, double c0, double c1, double c2, double c3, double c4, double c5, double c6)
        where TVector : struct, IVector<TVector> =>
        TVector.MultiplyAdd(Evaluate(x, c1, c2, c3, c4, c5, c6), x, TVector.Create(c0));

    /// <summary>c₀ + c₁ x + ... + c₉ x⁹.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Evaluate<TVector>(
        TVector x, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7, double c8, double c9)
        where TVector : struct, IVector<TVector> =>
        Extend(Evaluate(x, c3, c4, c5, c6, c7, c8, c9), x, c0, c1, c2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Extend<TVector>(TVector high, TVector x, double c0, double c1, double c2)
        where TVector : struct, IVector<TVector>
    {
        TVector p = TVector.MultiplyAdd(high, x, TVector.Create(c2));
        p = TVector.MultiplyAdd(p, x, TVector.Create(c1));
        return TVector.MultiplyAdd(p, x, TVector.Create(c0));
    }
}
