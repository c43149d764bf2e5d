using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary><see cref="Vector128{T}"/> of <see cref="double"/> as an <see cref="IVector{TSelf}"/>.</summary>
internal readonly struct Double128(Vector128<double> value) : IVector<Double128>
{
    /// <summary>The hardware vector.</summary>
    internal readonly Vector128<double> Value = value;

    public static bool IsSingle => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 operator +(Double128 x, Double128 y) => new(x.Value + y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 operator -(Double128 x, Double128 y) => new(x.Value - y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 operator *(Double128 x, Double128 y) => new(x.Value * y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 operator /(Double128 x, Double128 y) => new(x.Value / y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 Create(double value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 MultiplyAdd(Double128 x, Double128 y, Double128 z) => new(Vector128.MultiplyAddEstimate(x.Value, y.Value, z.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 Round(Double128 x) => new(Vector128.Round(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 Abs(Double128 x) => new(Vector128.Abs(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 CopySign(Double128 magnitude, Double128 sign) => new(Vector128.CopySign(magnitude.Value, sign.Value));

    // The native minimum and maximum either propagate NaN or return the second operand where one is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 AtMost(Double128 bound, Double128 x) => new(Vector128.MinNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 AtLeast(Double128 bound, Double128 x) => new(Vector128.MaxNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 LessThan(Double128 x, Double128 y) => new(Vector128.LessThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 Equal(Double128 x, Double128 y) => new(Vector128.Equals(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 Select(Double128 mask, Double128 x, Double128 y) => new(Vector128.ConditionalSelect(mask.Value, x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 Scale(Double128 x, Double128 n)
    {
        if (Avx512F.VL.IsSupported)
        {
            return new(Avx512F.VL.Scale(x.Value, n.Value));
        }

        // Two steps, since one power of two need not be representable; the first is exact.
        Vector128<double> half = Vector128.Round(n.Value * 0.5);
        return new(x.Value * PowerOfTwo(half) * PowerOfTwo(n.Value - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 Decompose(Double128 x, out Double128 exponent)
    {
        // Shifted so that the exponent field changes at √½; the field becomes a number by being the low bits of 2^52 + field.
        var bits = x.Value.AsUInt64();
        var field = Vector128.ShiftRightLogical(bits - Vector128.Create(0x3FE6A09E667F3BCDul) + Vector128.Create(0x3FF0000000000000ul), 52);
        exponent = new((field | Vector128.Create(0x4330000000000000ul)).AsDouble() - Vector128.Create(4503599627370496.0 + 1023.0));
        return new((bits - Vector128.ShiftLeft(field - Vector128.Create(1023ul), 52)).AsDouble());
    }

    // The sum's low bits are the biased exponent, and the shift moves them into the exponent field.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> PowerOfTwo(Vector128<double> n) => Vector128.ShiftLeft((n + Vector128.Create(6755399441055744.0 + 1023.0)).AsUInt64(), 52).AsDouble();
}
