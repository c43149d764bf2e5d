using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary><see cref="Vector256{T}"/> of <see cref="double"/> as an <see cref="IVector{TSelf}"/>.</summary>
internal readonly struct Double256(Vector256<double> value) : IVector<Double256>
{
    /// <summary>The hardware vector.</summary>
    internal readonly Vector256<double> Value = value;

    public static bool IsSingle => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 operator +(Double256 x, Double256 y) => new(x.Value + y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 operator -(Double256 x, Double256 y) => new(x.Value - y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 operator *(Double256 x, Double256 y) => new(x.Value * y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 operator /(Double256 x, Double256 y) => new(x.Value / y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 Create(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 MultiplyAdd(Double256 x, Double256 y, Double256 z) => new(Vector256.MultiplyAddEstimate(x.Value, y.Value, z.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 Round(Double256 x) => new(Vector256.Round(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 Abs(Double256 x) => new(Vector256.Abs(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 CopySign(Double256 magnitude, Double256 sign) => new(Vector256.CopySign(magnitude.Value, sign.Value));

    // The native minimum and maximum either propagate NaN or return the second operand where one is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 AtMost(Double256 bound, Double256 x) => new(Vector256.MinNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 AtLeast(Double256 bound, Double256 x) => new(Vector256.MaxNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 LessThan(Double256 x, Double256 y) => new(Vector256.LessThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 Equal(Double256 x, Double256 y) => new(Vector256.Equals(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 Select(Double256 mask, Double256 x, Double256 y) => new(Vector256.ConditionalSelect(mask.Value, x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 Scale(Double256 x, Double256 n)
    {
        if (Avx512F.VL.IsSupported)
        {
            return new(Avx512F.VL.Scale(x.Value, n.Value));
        }

        // Two steps, since one power of two need not be representable; the first is exact.
        Vector256<double> half = Vector256.Round(n.Value * 0.5);
        return new(x.Value * PowerOfTwo(half) * PowerOfTwo(n.Value - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double256 Decompose(Double256 x, out Double256 exponent)
    {
        // Shifted so that the exponent field changes at √½; the field becomes a number by being the low bits of 2^52 + field.
        var bits = x.Value.AsUInt64();
        var field = Vector256.ShiftRightLogical(bits - Vector256.Create(0x3FE6A09E667F3BCDul) + Vector256.Create(0x3FF0000000000000ul), 52);
        exponent = new((field | Vector256.Create(0x4330000000000000ul)).AsDouble() - Vector256.Create(4503599627370496.0 + 1023.0));
        return new((bits - Vector256.ShiftLeft(field - Vector256.Create(1023ul), 52)).AsDouble());
    }

    // The sum's low bits are the biased exponent, and the shift moves them into the exponent field.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> PowerOfTwo(Vector256<double> n) => Vector256.ShiftLeft((n + Vector256.Create(6755399441055744.0 + 1023.0)).AsUInt64(), 52).AsDouble();
}
