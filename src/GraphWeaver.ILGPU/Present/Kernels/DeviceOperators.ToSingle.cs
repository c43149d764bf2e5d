using System.Runtime.CompilerServices;
using global::ILGPU.Util;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>Conversions of integers to a floating-point number. Written for float; double is the same text.</summary>
public static partial class DeviceOperators
{
    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertTruncatingToSingle(sbyte x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertTruncatingToSingle(short x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertTruncatingToSingle(int x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertTruncatingToSingle(long x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertTruncatingToSingle(byte x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertTruncatingToSingle(ushort x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertTruncatingToSingle(uint x) => (long)x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertTruncatingToSingle(ulong x) => SingleOf(x);

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertSaturatingToSingle(sbyte x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertSaturatingToSingle(short x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertSaturatingToSingle(int x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertSaturatingToSingle(long x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertSaturatingToSingle(byte x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertSaturatingToSingle(ushort x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertSaturatingToSingle(uint x) => (long)x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertSaturatingToSingle(ulong x) => SingleOf(x);

    /// <summary>x, rounded once, by way of signed integers, since ILGPU takes unsigned ones for them: half of what is too large, with the lost bit kept for rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float SingleOf(ulong x)
    {
        float half = (long)((x >> 1) | (x & 1));
        float whole = (long)x;
        return Utilities.Select((long)x < 0, Add(half, half), whole);
    }
}
