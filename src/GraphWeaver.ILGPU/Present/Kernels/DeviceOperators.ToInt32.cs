using System.Runtime.CompilerServices;
using global::ILGPU.Util;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>Conversions of each type to an integer. Written for int; the other types are the same text.</summary>
public static partial class DeviceOperators
{
    private const long MostToInt32 = (ulong)int.MaxValue > long.MaxValue ? long.MaxValue : unchecked((long)int.MaxValue);

    /// <summary>The low bits of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertTruncatingToInt32(sbyte x) => (int)x;

    /// <summary>The low bits of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertTruncatingToInt32(short x) => (int)x;

    /// <summary>The low bits of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertTruncatingToInt32(int x) => (int)x;

    /// <summary>The low bits of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertTruncatingToInt32(long x) => (int)x;

    /// <summary>The low bits of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertTruncatingToInt32(byte x) => (int)x;

    /// <summary>The low bits of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertTruncatingToInt32(ushort x) => (int)x;

    /// <summary>The low bits of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertTruncatingToInt32(uint x) => (int)x;

    /// <summary>The low bits of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertTruncatingToInt32(ulong x) => (int)x;

    /// <summary>x without its fraction, or the nearest value; NaN is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertTruncatingToInt32(float x) => ConvertSaturatingToInt32(x);

    /// <summary>x without its fraction, or the nearest value; NaN is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertTruncatingToInt32(double x) => ConvertSaturatingToInt32(x);

    /// <summary>x, or the nearest value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertSaturatingToInt32(sbyte x) => (int)Min(Max((long)x, (long)int.MinValue), MostToInt32);

    /// <summary>x, or the nearest value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertSaturatingToInt32(short x) => (int)Min(Max((long)x, (long)int.MinValue), MostToInt32);

    /// <summary>x, or the nearest value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertSaturatingToInt32(int x) => (int)Min(Max((long)x, (long)int.MinValue), MostToInt32);

    /// <summary>x, or the nearest value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertSaturatingToInt32(long x) => (int)Min(Max((long)x, (long)int.MinValue), MostToInt32);

    /// <summary>x, or the nearest value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertSaturatingToInt32(byte x) => (int)Min((ulong)x, (ulong)int.MaxValue);

    /// <summary>x, or the nearest value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertSaturatingToInt32(ushort x) => (int)Min((ulong)x, (ulong)int.MaxValue);

    /// <summary>x, or the nearest value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertSaturatingToInt32(uint x) => (int)Min((ulong)x, (ulong)int.MaxValue);

    /// <summary>x, or the nearest value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertSaturatingToInt32(ulong x) => (int)Min((ulong)x, (ulong)int.MaxValue);

    /// <summary>x without its fraction, or the nearest value; NaN is zero.</summary>
    /// <remarks>What does not fit is not converted: each device makes something else of it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertSaturatingToInt32(float x)
    {
        int whole = (int)Int32Of(Utilities.Select(x > (float)int.MinValue & x < (float)int.MaxValue, x, 0));
        whole = Utilities.Select(GreaterThanOrEqual(x, (float)int.MaxValue), int.MaxValue, whole);
        return Utilities.Select(LessThanOrEqual(x, (float)int.MinValue), int.MinValue, whole);
    }

    /// <summary>x without its fraction, or the nearest value; NaN is zero.</summary>
    /// <remarks>What does not fit is not converted: each device makes something else of it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ConvertSaturatingToInt32(double x)
    {
        int whole = (int)Int32Of(Utilities.Select(x > (double)int.MinValue & x < (double)int.MaxValue, x, 0));
        whole = Utilities.Select(GreaterThanOrEqual(x, (double)int.MaxValue), int.MaxValue, whole);
        return Utilities.Select(LessThanOrEqual(x, (double)int.MinValue), int.MinValue, whole);
    }
}
