using System.Runtime.CompilerServices;
using global::ILGPU.Util;

namespace GraphWeaver.ILGPU.Kernels.Functions;

/// <summary>The runtime's <c>VectorMath</c> on one lane: its text, with other types. Its bits are the CPU's.</summary>
internal static partial class DeviceFunctions
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle Pow(LaneSingle x, LaneSingle y) => new((float)ShortPower(new LaneDouble(x.Value), new LaneDouble(y.Value)).Value);

    /// <summary>sin(q π/2 + r), of a quarter turn found elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneDouble SineOfQuarter(LaneUInt64 quarter, LaneDouble rest, LaneDouble restLow) => SineOf(quarter, rest, -restLow);

    /// <summary>tan(q π/2 + r), of a quarter turn found elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneDouble TangentOfQuarter(LaneUInt64 quarter, LaneDouble rest, LaneDouble restLow) => TangentOf(quarter, rest, -restLow);

    /// <summary>The root whose degree is one over an exponent, of a number that is not negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle Root(LaneSingle x, double exponent) => new((float)ShortPower(new LaneDouble(x.Value), new LaneDouble(exponent)).Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneDouble Root(LaneDouble x, double exponent) => Pow(x, new LaneDouble(exponent));

    /// <summary>The logarithm of x to the base y, rounded from double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle LogarithmToBase(LaneSingle x, LaneSingle y) => new((float)(Log(new LaneDouble(x.Value)) / Log(new LaneDouble(y.Value))).Value);

    /// <summary>The logarithm of x to the base y, from two logarithms in two parts each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneDouble LogarithmToBase(LaneDouble x, LaneDouble y)
    {
        LaneDouble ofX = LogarithmInTwo(x, out LaneDouble ofXLow);
        LaneDouble ofY = LogarithmInTwo(y, out LaneDouble ofYLow);
        LaneDouble quotient = ofX / ofY;
        LaneDouble missing = (Lane.FusedMultiplyAdd(-quotient, ofY, ofX) + ofXLow - (quotient * ofYLow)) / ofY;
        LaneDouble infinity = Lane.Create(double.PositiveInfinity);
        LaneDouble isOrdinary = Lane.LessThan(Lane.Abs(quotient), infinity) & Lane.LessThan(Lane.Abs(ofY), infinity);
        LaneDouble result = Lane.ConditionalSelect(isOrdinary, quotient + missing, quotient);
        LaneDouble exists = Lane.GreaterThanOrEqual(x, LaneDouble.Zero) & Lane.GreaterThanOrEqual(y, LaneDouble.Zero);
        return Lane.ConditionalSelect(exists, result, Lane.Create(double.NaN));
    }

    /// <summary>What a division of two magnitudes leaves, exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Modulus(float x, float y) => (float)Modulus((double)x, (double)y);

    /// <summary>What a division of two magnitudes leaves, exactly: a division of whole numbers, eleven bits of the quotient at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Modulus(double x, double y)
    {
        const ulong Infinity = 0x7FF0000000000000;
        const ulong Hidden = 1UL << 52;
        ulong ofX = DeviceOperators.DoubleBits(x);
        ulong ofY = DeviceOperators.DoubleBits(y);
        ulong significand = Utilities.Select(ofX < Hidden, ofX, (ofX & (Hidden - 1)) | Hidden);
        ulong divisor = Utilities.Select(ofY < Hidden, ofY, (ofY & (Hidden - 1)) | Hidden);
        divisor = Utilities.Select(divisor == 0, 1UL, divisor);
        int exponentOfY = Utilities.Select(ofY < Hidden, 1, (int)(ofY >> 52));
        int bits = Utilities.Select(ofX < Hidden, 1, (int)(ofX >> 52)) - exponentOfY;
        ulong rest = significand % divisor;
        while (bits > 0)
        {
            int step = Utilities.Select(bits < 11, bits, 11);
            rest = (rest << step) % divisor;
            bits -= step;
        }

        double scale = DeviceOperators.FromBits(Utilities.Select(exponentOfY > 52, (ulong)(exponentOfY - 52) << 52, 1UL << (exponentOfY - 1)));
        double result = Utilities.Select(ofX < ofY, x, Rounded.MultiplyDouble((long)rest, scale));
        return Utilities.Select(ofX < Infinity & ofY <= Infinity & ofY != 0, result, double.NaN);
    }
}
