using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels;

public static partial class VectorMath
{
    /// <summary>x to the power y, within 0.6 ulp, as Math.Pow has zeros, infinities, NaN and negative x.</summary>
    /// <remarks>In double, where an ordinary logarithm has digits enough, and rounded once.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Pow(Vector512<float> x, Vector512<float> y) => Vector512.Narrow(
        ShortPower(Vector512.WidenLower(x), Vector512.WidenLower(y)), ShortPower(Vector512.WidenUpper(x), Vector512.WidenUpper(y)));

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Pow(Vector256<float> x, Vector256<float> y) => Vector256.Narrow(
        ShortPower(Vector256.WidenLower(x), Vector256.WidenLower(y)), ShortPower(Vector256.WidenUpper(x), Vector256.WidenUpper(y)));

    /// <inheritdoc cref="Pow(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Pow(Vector128<float> x, Vector128<float> y) => Vector128.Narrow(
        ShortPower(Vector128.WidenLower(x), Vector128.WidenLower(y)), ShortPower(Vector128.WidenUpper(x), Vector128.WidenUpper(y)));
}
