namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary>The constants of the vector functions in double. <see cref="SingleFormat"/> has the same names.</summary>
internal static class DoubleFormat
{
    internal const double Half = 0.5;
    internal const double Two = 2.0;
    internal const double FiftyFour = 54.0;
    internal const double TwoTo54 = 18014398509481984.0;
    internal const double SmallestNormal = 2.2250738585072014e-308;

    internal const double Log2E = 1.4426950408889634;

    // The first 16 bits of ln 2, and the rest.
    internal const double Ln2High = 0.693145751953125;
    internal const double Ln2Low = 1.4286068203094173e-06;

    internal const double SqrtHalf = 0.7071067811865476;

    // Bounds whose exponentials round to 0 and to infinity, and one whose hyperbolic tangent rounds to 1.
    internal const double ExpIsZero = -746.0;
    internal const double ExpIsInfinite = 710.0;
    internal const double TanhSaturation = 20.0;

    // From here on the error function rounds to 1.
    internal const double ErfSaturation = 6.0;

    internal const int ExponentShift = 52;
    internal const ulong ExponentBias = 1023;

    // The bits of 1 less those of √½.
    internal const ulong OneMinusSqrtHalfBits = 0x3FF0000000000000 - 0x3FE6A09E667F3BCD;

    // 2⁵², whose low bits are an integer: its bits, and its value with the bias added.
    internal const ulong IntegerBits = 0x4330000000000000;
    internal const double IntegerAndBias = 4503599627370496.0 + 1023.0;

    // 1.5 2⁵², the same for integers of both signs.
    internal const double SignedIntegerAndBias = 6755399441055744.0 + 1023.0;

    // ln 2, ln 10, π and ½ π rounded, and what is missing to them.
    internal const double Ln2 = 0.6931471805599453;
    internal const double Ln2Tail = 2.3190468138462996e-17;
    internal const double Ln10 = 2.302585092994046;
    internal const double Ln10Tail = -2.1707562233822494e-16;
    internal const double Pi = 3.141592653589793;
    internal const double PiTail = 1.2246467991473532e-16;
    internal const double HalfPi = 1.5707963267948966;
    internal const double HalfPiTail = 6.123233995736766e-17;
    internal const double HalfPiTailOfTail = -1.4973849048591698e-33;
    internal const double TwoOverPi = 0.6366197723675814;

    // The first 41 bits of log₁₀ 2, and the rest.
    internal const double Log10Of2High = 0.3010299956640665;
    internal const double Log10Of2Low = -8.532344317057107e-14;
    internal const double Log2Of10 = 3.321928094887362;

    // Bounds beyond which powers round to 0 and to infinity, and below which they do not change 1.
    internal const double ExpIsNegligible = -55.0;
    internal const double Exp2IsZero = -1076.0;
    internal const double Exp2IsInfinite = 1025.0;
    internal const double Exp10IsZero = -325.0;
    internal const double Exp10IsInfinite = 309.0;
    internal const double Exp10IsNegligible = -18.0;
    internal const double CoshIsInfinite = 711.0;

    // Angles above this one have too many quarter turns for their multiples of ½ π to be exact.
    internal const double LargeAngle = 134217728.0;

    internal const int SignShift = 63;
    internal const ulong IntegerOne = 1;

    // 1.5 2⁵²: adding it rounds to an integer of either sign.
    internal const double SignedInteger = 6755399441055744.0;
}
