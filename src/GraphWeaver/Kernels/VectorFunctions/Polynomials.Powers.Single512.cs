using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.VectorFunctions;

internal static partial class Polynomials
{
    /// <summary>(1 + f)^-⅓ for √½ - 1 ≤ f ≤ √2 - 1; relative error at most 5.8e-6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> InverseCubeRoot(Vector512<float> f)
    {
        Vector512<float> p = Vector512.Create(-0.10806364566087723f);
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.1604171097278595f));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(-0.17581860721111298f));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.2216051071882248f));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(-0.33326098322868347f));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(1.0000038146972656f));
        return p;
    }
}
