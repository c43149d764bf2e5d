using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary><see cref="Vector256{T}"/> of <see cref="float"/> as an <see cref="IVector{TSelf}"/>.</summary>
internal readonly struct Single256(Vector256<float> value) : IVector<Single256>
{
    /// <summary>The hardware vector.</summary>
    internal readonly Vector256<float> Value = value;

    public static bool IsSingle => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 operator +(Single256 x, Single256 y) => new(x.Value + y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 operator -(Single256 x, Single256 y) => new(x.Value - y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 operator *(Single256 x, Single256 y) => new(x.Value * y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 operator /(Single256 x, Single256 y) => new(x.Value / y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 Create(double value) => new(Vector256.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 MultiplyAdd(Single256 x, Single256 y, Single256 z) => new(Vector256.MultiplyAddEstimate(x.Value, y.Value, z.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 Round(Single256 x) => new(Vector256.Round(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 Abs(Single256 x) => new(Vector256.Abs(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 CopySign(Single256 magnitude, Single256 sign) => new(Vector256.CopySign(magnitude.Value, sign.Value));

    // The native minimum and maximum either propagate NaN or return the second operand where one is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 AtMost(Single256 bound, Single256 x) => new(Vector256.MinNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 AtLeast(Single256 bound, Single256 x) => new(Vector256.MaxNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 LessThan(Single256 x, Single256 y) => new(Vector256.LessThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 Equal(Single256 x, Single256 y) => new(Vector256.Equals(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 Select(Single256 mask, Single256 x, Single256 y) => new(Vector256.ConditionalSelect(mask.Value, x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 Scale(Single256 x, Single256 n)
    {
        if (Avx512F.VL.IsSupported)
        {
            return new(Avx512F.VL.Scale(x.Value, n.Value));
        }

        // Two steps, since one power of two need not be representable; the first is exact.
        Vector256<float> half = Vector256.Round(n.Value * 0.5f);
        return new(x.Value * PowerOfTwo(half) * PowerOfTwo(n.Value - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single256 Decompose(Single256 x, out Single256 exponent)
    {
        // Shifted so that the exponent field changes at √½; the field becomes a number by being the low bits of 2^23 + field.
        var bits = x.Value.AsUInt32();
        var field = Vector256.ShiftRightLogical(bits - Vector256.Create(0x3F3504F4u) + Vector256.Create(0x3F800000u), 23);
        exponent = new((field | Vector256.Create(0x4B000000u)).AsSingle() - Vector256.Create(8388608f + 127f));
        return new((bits - Vector256.ShiftLeft(field - Vector256.Create(127u), 23)).AsSingle());
    }

    // The sum's low bits are the biased exponent, and the shift moves them into the exponent field.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<float> n) => Vector256.ShiftLeft((n + Vector256.Create(12582912f + 127f)).AsUInt32(), 23).AsSingle();
}
