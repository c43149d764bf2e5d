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

    /// <summary>(2 artanh s) / s - 2 for z = s², |s| ≤ (√2 - 1) / (√2 + 1); relative error of artanh s at most 1.2e-18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Logarithm(Vector512<double> z)
    {
        Vector512<double> p = Vector512.Create(0.14795628959013662);
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.15314084294928224));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.18183562940118828));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.22222198601148463));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.2857142874210284));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.3999999999941601));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.6666666666666734));
        return p * z;
    }
}
