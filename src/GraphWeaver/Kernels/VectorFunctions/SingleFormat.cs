namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary>The constants of the vector functions in float. <see cref="DoubleFormat"/> has the same names.</summary>
internal static class SingleFormat
{
    internal const float Half = 0.5f;
    internal const float Two = 2f;
    internal const float FiftyFour = 54f;
    internal const float TwoTo54 = 18014398509481984f;
    internal const float SmallestNormal = 1.17549435e-38f;

    internal const float Log2E = 1.44269504f;

    // The first 16 bits of ln 2, and the rest.
    internal const float Ln2High = 0.693145751953125f;
    internal const float Ln2Low = 1.4286068203094173e-06f;

    internal const float SqrtHalf = 0.70710678f;

    // Bounds whose exponentials round to 0 and to infinity, and one whose hyperbolic tangent rounds to 1.
    internal const float ExpIsZero = -104f;
    internal const float ExpIsInfinite = 89f;
    internal const float TanhSaturation = 20f;

    // From here on the error function rounds to 1.
    internal const float ErfSaturation = 4f;

    internal const int ExponentShift = 23;
    internal const uint ExponentBias = 127;

    // The bits of 1 less those of √½.
    internal const uint OneMinusSqrtHalfBits = 0x3F800000 - 0x3F3504F4;

    // 2²³, whose low bits are an integer: its bits, and its value with the bias added.
    internal const uint IntegerBits = 0x4B000000;
    internal const float IntegerAndBias = 8388608f + 127f;

    // 1.5 2²³, the same for integers of both signs.
    internal const float SignedIntegerAndBias = 12582912f + 127f;
}
