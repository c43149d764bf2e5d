using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary><see cref="Vector128{T}"/> of <see cref="float"/> as an <see cref="IVector{TSelf}"/>.</summary>
internal readonly struct Single128(Vector128<float> value) : IVector<Single128>
{
    /// <summary>The hardware vector.</summary>
    internal readonly Vector128<float> Value = value;

    public static bool IsSingle => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 operator +(Single128 x, Single128 y) => new(x.Value + y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 operator -(Single128 x, Single128 y) => new(x.Value - y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 operator *(Single128 x, Single128 y) => new(x.Value * y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 operator /(Single128 x, Single128 y) => new(x.Value / y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 Create(double value) => new(Vector128.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 MultiplyAdd(Single128 x, Single128 y, Single128 z) => new(Vector128.MultiplyAddEstimate(x.Value, y.Value, z.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 Round(Single128 x) => new(Vector128.Round(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 Abs(Single128 x) => new(Vector128.Abs(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 CopySign(Single128 magnitude, Single128 sign) => new(Vector128.CopySign(magnitude.Value, sign.Value));

    // The native minimum and maximum either propagate NaN or return the second operand where one is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 AtMost(Single128 bound, Single128 x) => new(Vector128.MinNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 AtLeast(Single128 bound, Single128 x) => new(Vector128.MaxNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 LessThan(Single128 x, Single128 y) => new(Vector128.LessThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 Equal(Single128 x, Single128 y) => new(Vector128.Equals(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 Select(Single128 mask, Single128 x, Single128 y) => new(Vector128.ConditionalSelect(mask.Value, x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 Scale(Single128 x, Single128 n)
    {
        if (Avx512F.VL.IsSupported)
        {
            return new(Avx512F.VL.Scale(x.Value, n.Value));
        }

        // Two steps, since one power of two need not be representable; the first is exact.
        Vector128<float> half = Vector128.Round(n.Value * 0.5f);
        return new(x.Value * PowerOfTwo(half) * PowerOfTwo(n.Value - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single128 Decompose(Single128 x, out Single128 exponent)
    {
        // Shifted so that the exponent field changes at √½; the field becomes a number by being the low bits of 2^23 + field.
        var bits = x.Value.AsUInt32();
        var field = Vector128.ShiftRightLogical(bits - Vector128.Create(0x3F3504F4u) + Vector128.Create(0x3F800000u), 23);
        exponent = new((field | Vector128.Create(0x4B000000u)).AsSingle() - Vector128.Create(8388608f + 127f));
        return new((bits - Vector128.ShiftLeft(field - Vector128.Create(127u), 23)).AsSingle());
    }

    // The sum's low bits are the biased exponent, and the shift moves them into the exponent field.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PowerOfTwo(Vector128<float> n) => Vector128.ShiftLeft((n + Vector128.Create(12582912f + 127f)).AsUInt32(), 23).AsSingle();
}
