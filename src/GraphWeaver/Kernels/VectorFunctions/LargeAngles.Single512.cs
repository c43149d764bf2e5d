using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.VectorFunctions;

internal static partial class LargeAngles
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Sin(Vector512<float> x, ref Vector512<float> result)
    {
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
        {
            result = IsLarge(x[lane]) ? result.WithElement(lane, float.Sin(x[lane])) : result;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Cos(Vector512<float> x, ref Vector512<float> result)
    {
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
        {
            result = IsLarge(x[lane]) ? result.WithElement(lane, float.Cos(x[lane])) : result;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Tan(Vector512<float> x, ref Vector512<float> result)
    {
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
        {
            result = IsLarge(x[lane]) ? result.WithElement(lane, float.Tan(x[lane])) : result;
        }
    }
}
