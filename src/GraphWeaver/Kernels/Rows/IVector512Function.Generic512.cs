using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.Rows;

/// <summary>A function of <see cref="VectorMath"/> by a name that generic code can be given.</summary>
internal interface IVector512Function
{
    /// <summary>The function of float or double.</summary>
    public static abstract Vector512<T> Invoke<T>(Vector512<T> x);
}

/// <summary><see cref="VectorMath.Exp(Vector512{float})"/>.</summary>
internal readonly struct Vector512Exp : IVector512Function
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x) =>
        typeof(T) == typeof(float) ? VectorMath.Exp(x.AsSingle()).As<float, T>() : VectorMath.Exp(x.AsDouble()).As<double, T>();
}

/// <summary><see cref="VectorMath.Erf(Vector512{float})"/>.</summary>
internal readonly struct Vector512Erf : IVector512Function
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x) =>
        typeof(T) == typeof(float) ? VectorMath.Erf(x.AsSingle()).As<float, T>() : VectorMath.Erf(x.AsDouble()).As<double, T>();
}

/// <summary><see cref="VectorMath.Gelu(Vector512{float})"/>.</summary>
internal readonly struct Vector512Gelu : IVector512Function
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Invoke<T>(Vector512<T> x) =>
        typeof(T) == typeof(float) ? VectorMath.Gelu(x.AsSingle()).As<float, T>() : VectorMath.Gelu(x.AsDouble()).As<double, T>();
}
