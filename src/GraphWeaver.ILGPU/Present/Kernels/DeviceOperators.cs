using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels;

[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class DeviceOperators
{
    private const uint SingleMagnitude = 0x7FFFFFFF;

    private const ulong DoubleMagnitude = 0x7FFFFFFFFFFFFFFF;

    private const float SingleWhole = 1 << 23;

    private const double DoubleWhole = 1L << 52;

    // Numbers from here on are not rounded to digits.
    private const float SingleWithoutDigits = 1e8f;

    private const double DoubleWithoutDigits = 1e16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint SingleBits(float x) => (uint)BitConverter.SingleToInt32Bits(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong DoubleBits(double x) => (ulong)BitConverter.DoubleToInt64Bits(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float FromBits(uint bits) => BitConverter.Int32BitsToSingle((int)bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double FromBits(ulong bits) => BitConverter.Int64BitsToDouble((long)bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Int32Of(float x) => (int)x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Int32Of(double x) => (int)x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Int64Of(float x) => (long)x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Int64Of(double x) => (long)x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong UInt64Of(float x) => (ulong)x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong UInt64Of(double x) => (ulong)x;

    /// <summary>The bits of x. ILGPU forgets a conversion to byte or ushort where the number is made wider again: so a mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Unsigned(sbyte x) => (uint)x & 0xFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Unsigned(byte x) => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Unsigned(short x) => (uint)x & 0xFFFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Unsigned(ushort x) => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Unsigned(int x) => (uint)x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Unsigned(uint x) => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Unsigned(long x) => (ulong)x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Unsigned(ulong x) => x;

    /// <summary>The number of one bits, summed in pairs, fours and eights (H. S. Warren, Hacker's Delight, section 5-1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Ones(uint x)
    {
        x -= (x >> 1) & 0x55555555;
        x = (x & 0x33333333) + ((x >> 2) & 0x33333333);
        x = (x + (x >> 4)) & 0x0F0F0F0F;
        return (int)((x * 0x01010101) >> 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Ones(ulong x) => Ones((uint)x) + Ones((uint)(x >> 32));

    /// <summary>x with ones below its highest one bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Filled(uint x)
    {
        x |= x >> 1;
        x |= x >> 2;
        x |= x >> 4;
        x |= x >> 8;
        return x | (x >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Filled(ulong x)
    {
        x |= x >> 1;
        x |= x >> 2;
        x |= x >> 4;
        x |= x >> 8;
        x |= x >> 16;
        return x | (x >> 32);
    }
}
