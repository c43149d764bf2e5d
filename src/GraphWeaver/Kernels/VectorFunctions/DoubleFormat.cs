namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary>The constants of the vector functions in double. <see cref="SingleFormat"/> has the same names.</summary>
internal static class DoubleFormat
{
    internal const double Half = 0.5;
    internal const double NegativeZero = -0.0;
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

    // ln 2, ln 10, π and ½ π rounded, and what is missing to them; ½ π is rounded down, so that no quarter turns times the rest are +0, which leaves a zero its sign.
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

    internal const double Log2ETail = 2.0355273740931033e-17;
    internal const double Log10E = 0.4342944819032518;
    internal const double Log10ETail = 1.098319650216765e-17;

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

    internal const double Four = 4.0;
    internal const double Third = 0.3333333333333333;
    internal const double ThirdTail = 1.850371707708594e-17;
    internal const double CubeRootOf2 = 1.2599210498948732;
    internal const double InverseCubeRootOf2 = 0.7937005259840998;
    internal const double OneOverPi = 0.3183098861837907;
    internal const double OneOverPiTail = -1.9678676675182486e-17;

    // The first bits of ¼ π, few enough for four times them to be exact, and the rest; a slope whose angle is ½ π.
    internal const double QuarterPiHigh = 0.7853981633974483;
    internal const double QuarterPiLow = 3.061616997868383e-17;
    internal const double SteepestSlope = 1152921504606846976.0;

    // Lengths whose sum or reciprocal, and whose squares, are out of range, and the powers of 2 that bring them back.
    internal const double LargeSide = 1e300;
    internal const double LargeSideFactor = 7.888609052210118e-31;
    internal const double SmallSide = 1e-240;
    internal const double SmallSideFactor = 1.0715086071862673e+301;
    internal const double LongLeg = 3.273390607896142e150;
    internal const double ShortLeg = 3.8725919148493183e-121;
    internal const double LegFactor = 4.149515568880993e180;
    internal const double LegFactorInverse = 2.409919865102884e-181;

    // 2 / ln 2, and the exponents from where on powers are infinite or zero.
    internal const double TwoOverLn2 = 2.8853900817779268;
    internal const double TwoOverLn2Tail = 4.0710547481862066e-17;
    internal const double LargePower = 1100.0;
    internal const double ShortPowerIsZero = -200.0;
    internal const double ShortPowerIsInfinite = 200.0;
}
