using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary>
/// The minimax polynomials of the vector functions, by Horner's scheme or, where the chain of it is so long that its latency tells, by that of pairs of
/// terms. Their coefficients were found with Remez's algorithm in 60 digits or more (weights as stated) and rounded to the format.
/// </summary>
internal static partial class Polynomials
{
    /// <summary>(eʳ - 1 - r) / r² for |r| ≤ ½ ln 2; relative error of eʳ - 1 at most 2.4e-10.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Exponential(Vector512<float> r)
    {
        Vector512<float> square = r * r;
        Vector512<float> p = Vector512.MultiplyAddEstimate(r, Vector512.Create(0.00019845881615765393f), Vector512.Create(0.0013940627686679363f));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(r, Vector512.Create(0.008333389647305012f), Vector512.Create(0.041666362434625626f)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(r, Vector512.Create(0.1666666567325592f), Vector512.Create(0.5f)));
        return p;
    }

    /// <summary>
    /// ln(1 + f) - f + h with h = ½ f², for √½ - 1 ≤ f ≤ √2 - 1; relative error of the logarithm at most 8.1e-9. One polynomial, without the
    /// division of double: it is so short in float.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> LogarithmRest(Vector512<float> f, Vector512<float> h)
    {
        Vector512<float> p = Vector512.Create(-0.07634572684764862f);
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.12761719524860382f));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(-0.1316022425889969f));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.1420174241065979f));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(-0.16623352468013763f));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.20001226663589478f));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(-0.250008225440979f));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.3333333134651184f));
        return p * (f * (h + h));
    }

    /// <summary>erf(x) / x - 1 for s = x², |x| ≤ 1; relative error of erf x at most 1.3e-9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> ErrorFunction(Vector512<float> s)
    {
        Vector512<float> p = Vector512.Create(7.853849820094183e-05f);
        p = Vector512.MultiplyAddEstimate(p, s, Vector512.Create(-0.0008010202436707914f));
        p = Vector512.MultiplyAddEstimate(p, s, Vector512.Create(0.005188330542296171f));
        p = Vector512.MultiplyAddEstimate(p, s, Vector512.Create(-0.026853814721107483f));
        p = Vector512.MultiplyAddEstimate(p, s, Vector512.Create(0.1128358542919159f));
        p = Vector512.MultiplyAddEstimate(p, s, Vector512.Create(-0.3761262595653534f));
        p = Vector512.MultiplyAddEstimate(p, s, Vector512.Create(0.12837916612625122f));
        return p;
    }

    /// <summary>(-ln erfc t - t) / t for 1 ≤ t ≤ 4; absolute error of erfc t at most 2.5e-9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> ComplementExponent(Vector512<float> t)
    {
        Vector512<float> p = Vector512.Create(-0.0002106425235979259f);
        p = Vector512.MultiplyAddEstimate(p, t, Vector512.Create(0.003186941146850586f));
        p = Vector512.MultiplyAddEstimate(p, t, Vector512.Create(-0.02279844507575035f));
        p = Vector512.MultiplyAddEstimate(p, t, Vector512.Create(0.1051161140203476f));
        p = Vector512.MultiplyAddEstimate(p, t, Vector512.Create(0.6358314752578735f));
        p = Vector512.MultiplyAddEstimate(p, t, Vector512.Create(0.12848003208637238f));
        return p;
    }
}
