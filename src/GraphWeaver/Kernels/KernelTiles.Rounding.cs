using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels;

/// <content>Rounding in a given way, which generated code passes as a number.</content>
public static partial class KernelTiles
{
    /// <summary>Each element rounded to a whole number.</summary>
    public static void Round<T>(ReadOnlySpan<T> x, int mode, Span<T> result)
        where T : IFloatingPoint<T> =>
        TensorPrimitives.Round(x, (MidpointRounding)mode, result);

    /// <summary>Each element rounded to a number of decimal digits.</summary>
    public static void Round<T>(ReadOnlySpan<T> x, int digits, int mode, Span<T> result)
        where T : IFloatingPoint<T> =>
        TensorPrimitives.Round(x, digits, (MidpointRounding)mode, result);
}
