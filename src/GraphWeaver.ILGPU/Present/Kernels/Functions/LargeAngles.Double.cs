using System.Runtime.CompilerServices;
using global::ILGPU.Util;

namespace GraphWeaver.ILGPU.Kernels.Functions;

/// <content>
/// Angles of double. No double but zero is nearer than 2⁻⁶² to a quarter turn, so that 128 bits of the product with 2/π leave 64 good ones of the rest; the largest takes its bits from the
/// 1,152 of the table. The rest is an angle in two doubles, whose functions are the CPU's.
/// </content>
internal static partial class LargeAngles
{
    private const ulong DoubleInfinityBits = 0x7FF0000000000000;

    private const ulong LowHalf = 0xFFFFFFFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Sin(LaneDouble x, ref LaneDouble result)
    {
        LaneUInt64 quarter = Reduce(x.Value, out LaneDouble rest, out LaneDouble restLow);
        result = OfLarge(x, DeviceFunctions.SineOfQuarter(quarter, rest, restLow), result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Cos(LaneDouble x, ref LaneDouble result)
    {
        LaneUInt64 quarter = Reduce(x.Value, out LaneDouble rest, out LaneDouble restLow);
        result = OfLarge(x, DeviceFunctions.SineOfQuarter(quarter + new LaneUInt64(1), rest, restLow), result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Tan(LaneDouble x, ref LaneDouble result)
    {
        LaneUInt64 quarter = Reduce(x.Value, out LaneDouble rest, out LaneDouble restLow);
        result = OfLarge(x, DeviceFunctions.TangentOfQuarter(quarter, rest, restLow), result);
    }

    /// <summary>By bits, since NaN may have taken either branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static LaneDouble OfLarge(LaneDouble x, LaneDouble large, LaneDouble result)
    {
        ulong size = DeviceOperators.DoubleBits(x.Value) & 0x7FFFFFFFFFFFFFFF;
        double value = Utilities.Select(size > DeviceOperators.DoubleBits(DoubleFormat.LargeAngle), large.Value, result.Value);
        return new(Utilities.Select(size < DoubleInfinityBits, value, double.NaN));
    }

    /// <summary>The number of quarter turns of x modulo 4, and what is left, at most ¼ π in size, in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static LaneUInt64 Reduce(double x, out LaneDouble rest, out LaneDouble restLow)
    {
        ulong bits = DeviceOperators.DoubleBits(x);
        ulong significand = (bits << 11) | 0x8000000000000000;
        int exponent = (int)((bits >> 52) & 0x7FF) - 1086;
        int first = exponent >> 6;
        int shift = exponent & 63;
        ulong one = LongWord(first);
        ulong two = LongWord(first + 1);
        ulong three = LongWord(first + 2);
        ulong four = LongWord(first + 3);

        // The middle 128 bits of significand times 192: whole turns above them drop out, and what is below them is too little.
        ulong middle = LongBits(two, three, shift);
        ulong low = significand * middle;
        ulong below = HighProduct(significand, LongBits(three, four, shift));
        low += below;
        ulong high = (significand * LongBits(one, two, shift)) + HighProduct(significand, middle) + Utilities.Select(low < below, 1UL, 0UL);
        ulong quarter = high >> 62;

        // The fraction of a quarter turn, to the nearest whole one.
        high &= 0x3FFFFFFFFFFFFFFF;
        bool isOver = high >= 0x2000000000000000;
        ulong complement = 0x3FFFFFFFFFFFFFFF - high + Utilities.Select(low == 0, 1UL, 0UL);
        high = Utilities.Select(isOver, complement, high);
        low = Utilities.Select(isOver, 0 - low, low);
        quarter = Utilities.Select(isOver, quarter + 1, quarter);

        // Its first 53 bits, and the next.
        int zeros = (int)DeviceOperators.LeadingZeroCount(high);
        ulong top = (high << zeros) | ((low >> 1) >> (63 - zeros));
        ulong next = ((top & 0x7FF) << 42) | ((low << zeros) >> 22);
        double scale = DeviceOperators.FromBits((ulong)(1023 - 51 - zeros) << 52);
        double part = Rounded.MultiplyDouble((long)(top >> 11), scale);
        double partLow = Rounded.MultiplyDouble(Rounded.MultiplyDouble((long)next, 1.1102230246251565e-16), scale);

        bool isNegative = isOver != (bits >= 0x8000000000000000);
        part = Utilities.Select(isNegative, -part, part);
        partLow = Utilities.Select(isNegative, -partLow, partLow);
        double angle = Rounded.MultiplyDouble(part, DoubleFormat.HalfPi);
        double angleLow = Fused.Double(part, DoubleFormat.HalfPi, -angle);
        angleLow = Fused.Double(part, DoubleFormat.HalfPiTail, angleLow);
        rest = new(angle);
        restLow = new(Fused.Double(partLow, DoubleFormat.HalfPi, angleLow));
        return new(Utilities.Select(bits >= 0x8000000000000000, 0 - quarter, quarter));
    }

    /// <summary>64 bits of two words, from one on; in two steps, since a shift by 64 is one by 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LongBits(ulong word, ulong next, int shift) => (word << shift) | ((next >> 1) >> (63 - shift));

    /// <summary>The high half of a product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HighProduct(ulong x, ulong y)
    {
        ulong low = (x & LowHalf) * (y & LowHalf);
        ulong first = ((x >> 32) * (y & LowHalf)) + (low >> 32);
        ulong second = ((x & LowHalf) * (y >> 32)) + (first & LowHalf);
        return ((x >> 32) * (y >> 32)) + (first >> 32) + (second >> 32);
    }

    /// <summary>2/π, two bits to the right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LongWord(int index)
    {
        ulong word = Utilities.Select(index == 0, 0x28BE60DB9391054AUL, 0UL);
        word = Utilities.Select(index == 1, 0x7F09D5F47D4D3770UL, word);
        word = Utilities.Select(index == 2, 0x36D8A5664F10E410UL, word);
        word = Utilities.Select(index == 3, 0x7F9458EAF7AEF158UL, word);
        word = Utilities.Select(index == 4, 0x6DC91B8E909374B8UL, word);
        word = Utilities.Select(index == 5, 0x01924BBA82746487UL, word);
        word = Utilities.Select(index == 6, 0x3F877AC72C4A69CFUL, word);
        word = Utilities.Select(index == 7, 0xBA208D7D4BAED121UL, word);
        word = Utilities.Select(index == 8, 0x3A671C09AD17DF90UL, word);
        word = Utilities.Select(index == 9, 0x4E64758E60D4CE7DUL, word);
        word = Utilities.Select(index == 10, 0x272117E2EF7E4A0EUL, word);
        word = Utilities.Select(index == 11, 0xC7FE25FFF7816603UL, word);
        word = Utilities.Select(index == 12, 0xFBCBC462D6829B47UL, word);
        word = Utilities.Select(index == 13, 0xDB4D9FB3C9F2C26DUL, word);
        word = Utilities.Select(index == 14, 0xD3D18FD9A797FA8BUL, word);
        word = Utilities.Select(index == 15, 0x5D49EEB1FAF97C5EUL, word);
        word = Utilities.Select(index == 16, 0xCF41CE7DE294A4BAUL, word);
        return Utilities.Select(index == 17, 0x9AFED7EC47E35742UL, word);
    }
}
