using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.VectorFunctions;

internal static partial class Polynomials
{
    /// <summary>(eʳ - 1 - r) / r² for |r| ≤ ½ ln 2; relative error of eʳ - 1 at most 1.8e-17.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Exponential(Vector512<double> r)
    {
        Vector512<double> p = Vector512.Create(2.5053761047656857e-08);
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(2.7626038626974827e-07));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(2.7557407577940926e-06));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(2.4801505271629876e-05));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(0.00019841269718979732));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(0.0013888888931567036));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(0.008333333333389557));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(0.04166666666657674));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(0.16666666666666588));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(0.5000000000000006));
        return p;
    }

    /// <summary>
    /// ln(1 + f) - f + h with h = ½ f², for √½ - 1 ≤ f ≤ √2 - 1, as s (h + R(s²)) with s = f / (2 + f), the arrangement of fdlibm's e_log.c (Sun
    /// Microsystems, 1993): half as many terms as a polynomial in f has.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> LogarithmRest(Vector512<double> f, Vector512<double> h)
    {
        Vector512<double> s = f / (f + Vector512.Create(2.0));
        return s * (h + Logarithm(s * s));
    }

    /// <summary>(2 artanh s) / s - 2 for z = s², |s| ≤ (√2 - 1) / (√2 + 1); relative error of artanh s at most 1.2e-18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Logarithm(Vector512<double> z)
    {
        Vector512<double> square = z * z;
        Vector512<double> p = Vector512.Create(0.14795628959013662);
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(0.15314084294928224), Vector512.Create(0.18183562940118828)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(0.22222198601148463), Vector512.Create(0.2857142874210284)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(0.3999999999941601), Vector512.Create(0.6666666666666734)));
        return p * z;
    }

    /// <summary>erf(x) / x - 1 for s = x², |x| ≤ 1; relative error of erf x at most 7.4e-18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> ErrorFunction(Vector512<double> s)
    {
        Vector512<double> square = s * s;
        Vector512<double> p = Vector512.MultiplyAddEstimate(s, Vector512.Create(-7.779462971761597e-10), Vector512.Create(1.3710988704190523e-08));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(s, Vector512.Create(-1.6206318752969208e-07), Vector512.Create(1.6447132699786621e-06)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(s, Vector512.Create(-1.4924712439534814e-05), Vector512.Create(0.0001205529358693695)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(s, Vector512.Create(-0.0008548325929766244), Vector512.Create(0.005223977606130842)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(s, Vector512.Create(-0.026866170643113415), Vector512.Create(0.112837916709442)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(s, Vector512.Create(-0.3761263890318352), Vector512.Create(0.12837916709551256)));
        return p;
    }

    /// <summary>(-ln erfc t - t) / t for 1 ≤ t ≤ 6; absolute error of erfc t at most 3.6e-18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> ComplementExponent(Vector512<double> t)
    {
        Vector512<double> square = t * t;
        Vector512<double> p = Vector512.MultiplyAddEstimate(t, Vector512.Create(-1.5188546902467104e-12), Vector512.Create(6.744826009557061e-11));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(t, Vector512.Create(-1.4024410742664752e-09), Vector512.Create(1.813100689595088e-08)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(t, Vector512.Create(-1.6302607715210108e-07), Vector512.Create(1.0781392595113264e-06)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(t, Vector512.Create(-5.3852793553511685e-06), Vector512.Create(2.0351437052669255e-05)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(t, Vector512.Create(-5.603860057395568e-05), Vector512.Create(9.548649859865625e-05)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(t, Vector512.Create(-9.74517281452878e-07), Vector512.Create(-0.0005746593057832692)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(t, Vector512.Create(0.0016926086321399222), Vector512.Create(-0.00021203703056640657)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(t, Vector512.Create(-0.019124964300762548), Vector512.Create(0.10277082691796252)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(t, Vector512.Create(0.6366202527209631), Vector512.Create(0.12837911085317671)));
        return p;
    }
}
