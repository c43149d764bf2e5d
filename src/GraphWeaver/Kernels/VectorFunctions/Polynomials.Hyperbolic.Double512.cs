using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.VectorFunctions;

internal static partial class Polynomials
{
    /// <summary>(sinh r - r) / r³ for z = r², |r| ≤ ½ ln 2; relative error of sinh r at most 6.1e-19.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> HyperbolicSine(Vector512<double> z)
    {
        Vector512<double> p = Vector512.Create(2.5108998845164663e-08);
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(2.755724431679473e-06));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.0001984126988602232));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.00833333333332167));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.16666666666666677));
        return p;
    }

    /// <summary>(cosh r - 1) / r² for z = r², |r| ≤ ½ ln 2; absolute error of cosh r at most 8.0e-18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> HyperbolicCosine(Vector512<double> z)
    {
        Vector512<double> p = Vector512.Create(2.7631349490909223e-07);
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(2.480148972365757e-05));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.0013888888947260426));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.04166666666651429));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.5000000000000013));
        return p;
    }
}
