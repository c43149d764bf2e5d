using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels;

namespace GraphWeaver.Benchmarks.Loops;

/// <summary>
/// The runtime's vector functions for a type parameter that is float or double. The loops call the same functions as the kernels do, so
/// that what they differ by is the loop; gcc with libmvec measures the functions.
/// </summary>
internal static class Functions
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Exp<T>(Vector512<T> x) => typeof(T) == typeof(float)
        ? VectorMath.Exp(x.AsSingle()).As<float, T>()
        : VectorMath.Exp(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log<T>(Vector512<T> x) => typeof(T) == typeof(float)
        ? VectorMath.Log(x.AsSingle()).As<float, T>()
        : VectorMath.Log(x.AsDouble()).As<double, T>();
}
