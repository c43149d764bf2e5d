using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// Sums and functions are made for float and double. Other types are taken to one of these, and the result is rounded back:
/// Half goes to float, every other floating-point type to double.
/// </summary>
internal static class Wide
{
    /// <summary>Whether the sums and functions are made for a type.</summary>
    internal static bool IsNative<T>() => typeof(T) == typeof(float) || typeof(T) == typeof(double);

    /// <summary>The elements in another type, each rounded once.</summary>
    internal static Tensor<TTo> To<T, TTo>(Tensor<T> x)
        where T : INumberBase<T>
        where TTo : INumberBase<TTo> =>
        Tensor.ConvertTruncating<T, TTo>(x);
}
