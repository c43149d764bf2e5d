namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary>The constants of the vector functions in float. <see cref="DoubleFormat"/> has the same names.</summary>
internal static class SingleFormat
{
    internal const float Half = 0.5f;
    internal const float NegativeZero = -0f;
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

    // ln 2, ln 10, π and ½ π rounded, and what is missing to them; ½ π is rounded down, so that no quarter turns times the rest are +0, which leaves a zero its sign.
    internal const float Ln2 = 0.6931471824645996f;
    internal const float Ln2Tail = -1.9046542121259336e-09f;
    internal const float Ln10 = 2.3025851249694824f;
    internal const float Ln10Tail = -3.1975435632602967e-08f;
    internal const float Pi = 3.1415927410125732f;
    internal const float PiTail = -8.742277657347586e-08f;
    internal const float HalfPi = 1.570796251296997f;
    internal const float HalfPiTail = 7.549790126404332e-08f;
    internal const float HalfPiTailOfTail = -1.7151245100058819e-15f;
    internal const float TwoOverPi = 0.6366197466850281f;

    internal const float Log2ETail = 1.925963033500011e-08f;
    internal const float Log10E = 0.4342944920063019f;
    internal const float Log10ETail = -1.0103049952192578e-08f;

    // The first 15 bits of log₁₀ 2, and the rest.
    internal const float Log10Of2High = 0.301025390625f;
    internal const float Log10Of2Low = 4.605039066518657e-06f;
    internal const float Log2Of10 = 3.321928024291992f;

    // Bounds beyond which powers round to 0 and to infinity, and below which they do not change 1.
    internal const float ExpIsNegligible = -26f;
    internal const float Exp2IsZero = -151f;
    internal const float Exp2IsInfinite = 129f;
    internal const float Exp10IsZero = -46f;
    internal const float Exp10IsInfinite = 40f;
    internal const float Exp10IsNegligible = -9f;
    internal const float CoshIsInfinite = 90f;

    // Angles above this one have too many quarter turns for their multiples of ½ π to be exact.
    internal const float LargeAngle = 100000f;

    internal const int SignShift = 31;
    internal const uint IntegerOne = 1;

    // 1.5 2²³: adding it rounds to an integer of either sign.
    internal const float SignedInteger = 12582912f;

    internal const float Four = 4f;
    internal const float Third = 0.3333333432674408f;
    internal const float CubeRootOf2 = 1.2599210739135742f;
    internal const float InverseCubeRootOf2 = 0.7937005162239075f;
    internal const float OneOverPi = 0.31830987334251404f;
    internal const float OneOverPiTail = 1.2841276486597053e-08f;

    // The first bits of ¼ π, few enough for four times them to be exact, and the rest; a slope whose angle is ½ π.
    internal const float QuarterPiHigh = 0.785398006439209f;
    internal const float QuarterPiLow = 1.5695823663008923e-07f;
    internal const float SteepestSlope = 1152921504606846976f;

    // Lengths whose sum or reciprocal, and whose squares, are out of range, and the powers of 2 that bring them back.
    internal const float LargeSide = 1e30f;
    internal const float LargeSideFactor = 9.313225746154785e-10f;
    internal const float SmallSide = 1e-18f;
    internal const float SmallSideFactor = 1152921504606846976f;
    internal const float LongLeg = 1.152921504606847e18f;
    internal const float ShortLeg = 9.094947017729282e-13f;
    internal const float LegFactor = 1.2676506002282294e30f;
    internal const float LegFactorInverse = 7.888609052210118e-31f;
}
