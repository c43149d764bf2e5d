using System.Runtime.CompilerServices;
using global::ILGPU.Algorithms;
using global::ILGPU.Util;

namespace GraphWeaver.ILGPU.Kernels;

/// <content>Rounding in a given way, a <see cref="MidpointRounding"/> as a number, and to decimal digits, as eager does it: by a power of ten. Written for float; double is the same text.</content>
public static partial class DeviceOperators
{
    /// <summary>x rounded to a whole number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float RoundMode(float x, int mode)
    {
        float rounded = Utilities.Select(mode == (int)MidpointRounding.ToEven, Round(x), Truncate(x));
        rounded = Utilities.Select(mode == (int)MidpointRounding.AwayFromZero, Truncate(Add(x, CopySign(FromBits(SingleBits(0.5f) - 1), x))), rounded);
        rounded = Utilities.Select(mode == (int)MidpointRounding.ToNegativeInfinity, Floor(x), rounded);
        return Utilities.Select(mode == (int)MidpointRounding.ToPositiveInfinity, Ceiling(x), rounded);
    }

    /// <summary>x rounded to decimal digits, ties to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float RoundDigits(float x, int digits) =>
        Utilities.Select(XMath.Abs(x) < SingleWithoutDigits, Divide(Round(Multiply(x, SingleOfTen(digits))), SingleOfTen(digits)), x);

    /// <summary>x rounded to decimal digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float RoundDigitsMode(float x, int digits, int mode) =>
        Utilities.Select(XMath.Abs(x) < SingleWithoutDigits, Divide(RoundMode(Multiply(x, SingleOfTen(digits)), mode), SingleOfTen(digits)), x);

    /// <summary>A power of ten of as many digits as may be asked for, which the type has exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float SingleOfTen(int digits)
    {
        long power = Utilities.Select((digits & 1) != 0, 10L, 1L);
        power *= Utilities.Select((digits & 2) != 0, 100L, 1L);
        power *= Utilities.Select((digits & 4) != 0, 10000L, 1L);
        return power * Utilities.Select((digits & 8) != 0, 100000000L, 1L);
    }
}
