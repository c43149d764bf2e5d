using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.VectorFunctions;

internal static partial class Polynomials
{
    /// <summary>(r - sin r) / r³ for z = r², |r| ≤ ¼ π; relative error of sin r at most 1.0e-17.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Sine(Vector512<double> z)
    {
        Vector512<double> p = Vector512.Create(-1.5896196808709068e-10);
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(2.505074720317812e-08));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(-2.7557313617914327e-06));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.00019841269829579832));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(-0.008333333333322106));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.1666666666666663));
        return p;
    }

    /// <summary>(cos r - 1 + ½ r²) / r⁴ for z = r², |r| ≤ ¼ π; relative error of cos r at most 1.1e-18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Cosine(Vector512<double> z)
    {
        Vector512<double> p = Vector512.Create(-1.1358528910050788e-11);
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(2.087570077333e-09));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(-2.755731417939484e-07));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(2.480158728885406e-05));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(-0.0013888888888873062));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.041666666666666595));
        return p;
    }

    /// <summary>(arctan t - t) / t³ for z = t², |t| ≤ ½; relative error of arctan t at most 4.6e-18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> ArcTangent(Vector512<double> z)
    {
        Vector512<double> square = z * z;
        Vector512<double> p = Vector512.MultiplyAddEstimate(z, Vector512.Create(0.010117286444256992), Vector512.Create(-0.02743561450257661));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(0.04186548381155937), Vector512.Create(-0.051220225610254015)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(0.05858302960604472), Vector512.Create(-0.06663811260618403)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(0.07692073980764921), Vector512.Create(-0.09090896249479201)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(0.11111110659843873), Vector512.Create(-0.14285714276391148)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(0.19999999999903176), Vector512.Create(-0.3333333333333298)));
        return p;
    }

    /// <summary>(arcsin x - x) / x³ for z = x², |x| ≤ ½; relative error of arcsin x at most 3.0e-18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> ArcSine(Vector512<double> z)
    {
        Vector512<double> square = z * z;
        Vector512<double> p = Vector512.Create(0.03265523910438012);
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(-0.021040536565630572), Vector512.Create(0.021735961760820145)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(0.0036950270649454007), Vector512.Create(0.010783172810533249)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(0.011398408659287504), Vector512.Create(0.013980879855327033)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(0.017351607263318896), Vector512.Create(0.022372215240534017)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(0.030381942699235505), Vector512.Create(0.04464285717478106)));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.MultiplyAddEstimate(z, Vector512.Create(0.07499999999970632), Vector512.Create(0.1666666666666676)));
        return p;
    }

    /// <summary>(tan r - r) / r³ for z = r², |r| ≤ ¼ π; relative error of tan r at most 1.1e-17.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Tangent(Vector512<double> z)
    {
        Vector512<double> p = Vector512.Create(9.716011021562025e-06);
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(-2.3901999730959143e-05));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(4.7887488681592565e-05));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(-2.474017935987864e-05));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(6.65177139434071e-05));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(8.394437728584407e-05));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.00024360090203445382));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.0005889065389355937));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.0014560371884453052));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.0035921020490763777));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.008863237811395188));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.02186948840612512));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.05396825397265621));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.13333333333325795));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.33333333333333376));
        return p;
    }
}
