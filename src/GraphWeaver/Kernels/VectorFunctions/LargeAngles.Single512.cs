using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.VectorFunctions;

internal static partial class LargeAngles
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Vector512<float> Sin(Vector512<float> x)
    {
        Vector512<float> result = x;
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
        {
            result = IsLarge(x[lane]) ? result.WithElement(lane, float.Sin(x[lane])) : result;
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Vector512<float> Cos(Vector512<float> x)
    {
        Vector512<float> result = x;
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
        {
            result = IsLarge(x[lane]) ? result.WithElement(lane, float.Cos(x[lane])) : result;
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Vector512<float> Tan(Vector512<float> x)
    {
        Vector512<float> result = x;
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
        {
            result = IsLarge(x[lane]) ? result.WithElement(lane, float.Tan(x[lane])) : result;
        }

        return result;
    }
}
