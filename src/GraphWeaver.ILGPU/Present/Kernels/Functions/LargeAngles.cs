using System.Runtime.CompilerServices;
using global::ILGPU.Util;

namespace GraphWeaver.ILGPU.Kernels.Functions;

/// <summary>
/// Angles of float beyond Cody and Waite's reduction, by that of Payne and Hanek (1983): of 2/π, known to 224 bits, those 96 matter that an exponent leaves between a turn
/// and what is too small. The rest is an angle in double, whose functions round once to float: at most 0.51 ulp from the exact value.
/// </summary>
internal static partial class LargeAngles
{
    private const uint LargeAngleBits = 0x47C35000;

    private const uint InfinityBits = 0x7F800000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Sin(LaneSingle x, ref LaneSingle result)
    {
        LaneUInt64 quarter = Reduce(x.Value, out LaneDouble rest);
        result = OfLarge(x, DeviceFunctions.SineOfQuarter(quarter, rest, LaneDouble.Zero), result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Cos(LaneSingle x, ref LaneSingle result)
    {
        LaneUInt64 quarter = Reduce(x.Value, out LaneDouble rest);
        result = OfLarge(x, DeviceFunctions.SineOfQuarter(quarter + new LaneUInt64(1), rest, LaneDouble.Zero), result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Tan(LaneSingle x, ref LaneSingle result)
    {
        LaneUInt64 quarter = Reduce(x.Value, out LaneDouble rest);
        result = OfLarge(x, DeviceFunctions.TangentOfQuarter(quarter, rest, LaneDouble.Zero), result);
    }

    /// <summary>By bits, since NaN may have taken either branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static LaneSingle OfLarge(LaneSingle x, LaneDouble large, LaneSingle result)
    {
        uint size = DeviceOperators.SingleBits(x.Value) & 0x7FFFFFFF;
        float value = Utilities.Select(size > LargeAngleBits, (float)large.Value, result.Value);
        return new(Utilities.Select(size < InfinityBits, value, float.NaN));
    }

    /// <summary>The number of quarter turns of x modulo 4, and what is left, at most ¼ π in size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static LaneUInt64 Reduce(float x, out LaneDouble rest)
    {
        uint bits = DeviceOperators.SingleBits(x);
        uint significand = (bits << 8) | 0x80000000;
        int exponent = (int)((bits >> 23) & 0xFF) - 126;
        int first = (exponent >> 5) - 1;
        int shift = exponent & 31;
        uint high = Bits(Word(first), Word(first + 1), shift);
        uint middle = Bits(Word(first + 1), Word(first + 2), shift);
        uint low = Bits(Word(first + 2), Word(first + 3), shift);
        ulong product = ((ulong)significand * low) >> 32;
        product += (ulong)significand * middle;
        product += (ulong)(significand * high) << 32;
        ulong quarter = product >> 62;
        ulong fraction = product & 0x3FFFFFFFFFFFFFFF;
        bool isOver = fraction >= 0x2000000000000000;
        long part = Utilities.Select(isOver, (long)fraction - 0x4000000000000000, (long)fraction);
        quarter = Utilities.Select(isOver, quarter + 1, quarter);
        bool isNegative = bits >= 0x80000000;

        // ½ π 2⁻⁶².
        double angle = Rounded.MultiplyDouble(part, 3.4061215800865545e-19);
        rest = new(Utilities.Select(isNegative, -angle, angle));
        return new(Utilities.Select(isNegative, 0 - quarter, quarter));
    }

    /// <summary>32 bits of two words, from one on; in two steps, since a shift by 32 is one by 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bits(uint word, uint next, int shift) => (word << shift) | ((next >> 1) >> (31 - shift));

    /// <summary>2/π, two bits to the right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Word(int index)
    {
        uint word = Utilities.Select(index == 0, 0x28BE60DBu, 0u);
        word = Utilities.Select(index == 1, 0x9391054Au, word);
        word = Utilities.Select(index == 2, 0x7F09D5F4u, word);
        word = Utilities.Select(index == 3, 0x7D4D3770u, word);
        word = Utilities.Select(index == 4, 0x36D8A566u, word);
        word = Utilities.Select(index == 5, 0x4F10E410u, word);
        return Utilities.Select(index == 6, 0x7F9458EAu, word);
    }
}
