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
}
