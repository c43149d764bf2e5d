using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.VectorFunctions;

internal static partial class Polynomials
{
    /// <summary>(1 + f)^-⅓ for √½ - 1 ≤ f ≤ √2 - 1, to the format's precision: one step of third order, y (1 + h/3 + 2h²/9), h = 1 - (1 + f) y³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> InverseCubeRoot(Vector512<double> f)
    {
        Vector512<double> y = InverseCubeRootStart(f);
        Vector512<double> cube = y * y * y;
        Vector512<double> h = Vector512<double>.One - Vector512.MultiplyAddEstimate(f, cube, cube);
        Vector512<double> step = Vector512.MultiplyAddEstimate(h, Vector512.Create(2.0 / 9), Vector512.Create(1.0 / 3));
        return Vector512.MultiplyAddEstimate(y * h, step, y);
    }

    /// <summary>(1 + f)^-⅓ for √½ - 1 ≤ f ≤ √2 - 1; relative error at most 5.7e-6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> InverseCubeRootStart(Vector512<double> f)
    {
        Vector512<double> p = Vector512.Create(-0.10806364785027507);
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.16041711344726808));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(-0.17581860579844688));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(0.22160510768833477));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(-0.33326097954028056));
        p = Vector512.MultiplyAddEstimate(p, f, Vector512.Create(1.0000038471643824));
        return p;
    }

    /// <summary>((artanh s / s - 1) / z - ⅓) / z for z = s², |s| ≤ (√2 - 1) / (√2 + 1); relative error of artanh s at most 2.2e-20.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> LogarithmBeyondCube(Vector512<double> z)
    {
        Vector512<double> p = Vector512.Create(0.06597991589184998);
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.06628433472653664));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.07693377329773424));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.09090892218944545));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.11111111259484492));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.14285714285052825));
        p = Vector512.MultiplyAddEstimate(p, z, Vector512.Create(0.20000000000001122));
        return p;
    }
}
