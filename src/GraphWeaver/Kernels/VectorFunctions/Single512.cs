using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary><see cref="Vector512{T}"/> of <see cref="float"/> as an <see cref="IVector{TSelf}"/>.</summary>
internal readonly struct Single512(Vector512<float> value) : IVector<Single512>
{
    /// <summary>The hardware vector.</summary>
    internal readonly Vector512<float> Value = value;

    public static bool IsSingle => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 operator +(Single512 x, Single512 y) => new(x.Value + y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 operator -(Single512 x, Single512 y) => new(x.Value - y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 operator *(Single512 x, Single512 y) => new(x.Value * y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 operator /(Single512 x, Single512 y) => new(x.Value / y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 Create(double value) => new(Vector512.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 MultiplyAdd(Single512 x, Single512 y, Single512 z) => new(Vector512.MultiplyAddEstimate(x.Value, y.Value, z.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 Round(Single512 x) => new(Vector512.Round(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 Abs(Single512 x) => new(Vector512.Abs(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 CopySign(Single512 magnitude, Single512 sign) => new(Vector512.CopySign(magnitude.Value, sign.Value));

    // The native minimum and maximum either propagate NaN or return the second operand where one is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 AtMost(Single512 bound, Single512 x) => new(Vector512.MinNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 AtLeast(Single512 bound, Single512 x) => new(Vector512.MaxNative(bound.Value, x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 LessThan(Single512 x, Single512 y) => new(Vector512.LessThan(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 Equal(Single512 x, Single512 y) => new(Vector512.Equals(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 Select(Single512 mask, Single512 x, Single512 y) => new(Vector512.ConditionalSelect(mask.Value, x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 Scale(Single512 x, Single512 n)
    {
        if (Avx512F.IsSupported)
        {
            return new(Avx512F.Scale(x.Value, n.Value));
        }

        // Two steps, since one power of two need not be representable; the first is exact.
        Vector512<float> half = Vector512.Round(n.Value * 0.5f);
        return new(x.Value * PowerOfTwo(half) * PowerOfTwo(n.Value - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Single512 Decompose(Single512 x, out Single512 exponent)
    {
        // Shifted so that the exponent field changes at √½; the field becomes a number by being the low bits of 2^23 + field.
        var bits = x.Value.AsUInt32();
        var field = Vector512.ShiftRightLogical(bits - Vector512.Create(0x3F3504F4u) + Vector512.Create(0x3F800000u), 23);
        exponent = new((field | Vector512.Create(0x4B000000u)).AsSingle() - Vector512.Create(8388608f + 127f));
        return new((bits - Vector512.ShiftLeft(field - Vector512.Create(127u), 23)).AsSingle());
    }

    // The sum's low bits are the biased exponent, and the shift moves them into the exponent field.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<float> n) => Vector512.ShiftLeft((n + Vector512.Create(12582912f + 127f)).AsUInt32(), 23).AsSingle();
}
