using System.Runtime.CompilerServices;
using GraphWeaver.ILGPU.Kernels.Functions;
using global::ILGPU.Algorithms;
using global::ILGPU.Util;

#pragma warning disable CS1718 // x == x asks whether x is a number.
namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// The operators of kernels on one element, as plain code that ILGPU compiles: what the eager operator does, bit for bit but for NaN's payload. Written for
/// float; double is the same text. No comparison is negated or branched on: ILGPU takes unordered comparisons for ordered ones on OpenCL. For generated code.
/// </summary>
public static partial class DeviceOperators
{
    /// <summary>x + y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float x, float y) => Rounded.AddSingle(x, y);

    /// <summary>x - y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Subtract(float x, float y) => Rounded.SubtractSingle(x, y);

    /// <summary>x y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Multiply(float x, float y) => Rounded.MultiplySingle(x, y);

    /// <summary>x / y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Divide(float x, float y) => x / y;

    /// <summary>x + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Increment(float x) => Rounded.AddSingle(x, 1);

    /// <summary>x - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Decrement(float x) => Rounded.SubtractSingle(x, 1);

    /// <summary>1 / x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Reciprocal(float x) => 1 / x;

    /// <summary>-x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Negate(float x) => -x;

    /// <summary>The magnitude of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Abs(float x) => XMath.Abs(x);

    /// <summary>The square root of x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sqrt(float x) => XMath.Sqrt(x);

    /// <summary>x rounded towards minus infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Floor(float x) => XMath.Floor(x);

    /// <summary>x rounded towards plus infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Ceiling(float x) => XMath.Ceiling(x);

    /// <summary>The larger of x and y; NaN wins, +0 is above -0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(float x, float y) => Utilities.Select(x == x, Utilities.Select(x == y, FromBits(SingleBits(x) & SingleBits(y)), Utilities.Select(x > y, x, y)), x);

    /// <summary>The larger of x and y; a number beats NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxNumber(float x, float y) => Utilities.Select(x == x, Utilities.Select(y == y, Max(x, y), x), y);

    /// <summary>The smaller of x and y; NaN wins, -0 is below +0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(float x, float y) => Utilities.Select(x == x, Utilities.Select(x == y, FromBits(SingleBits(x) | SingleBits(y)), Utilities.Select(x < y, x, y)), x);

    /// <summary>The smaller of x and y; a number beats NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MinNumber(float x, float y) => Utilities.Select(x == x, Utilities.Select(y == y, Min(x, y), x), y);

    /// <summary>The magnitude of x with the sign of y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float CopySign(float x, float y) => FromBits((SingleBits(x) & SingleMagnitude) | (SingleBits(y) & ~SingleMagnitude));

    /// <summary>x == y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Equals(float x, float y) => x == y;

    /// <summary>x &gt; y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GreaterThan(float x, float y) => x > y;

    /// <summary>x &gt;= y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GreaterThanOrEqual(float x, float y) => x > y | x == y;

    /// <summary>x &lt; y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LessThan(float x, float y) => x < y;

    /// <summary>x &lt;= y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LessThanOrEqual(float x, float y) => x < y | x == y;

    /// <summary>x where the condition is true, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Where(bool condition, float x, float y) => Utilities.Select(condition, x, y);

    /// <summary>y where the filter is true, else x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FilteredUpdate(float x, bool filter, float y) => Utilities.Select(filter, y, x);

    /// <summary>x rounded to nearest, ties to even.</summary>
    /// <remarks>
    /// Numbers of <see cref="SingleWhole"/> and above have no fraction, so that adding it rounds. PoCL's own branches, which keeps a kernel from being made of vectors.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Round(float x) =>
        Utilities.Select(XMath.Abs(x) < SingleWhole, CopySign(Rounded.SubtractSingle(Rounded.AddSingle(XMath.Abs(x), SingleWhole), SingleWhole), x), x);

    /// <summary>x rounded towards zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Truncate(float x) => CopySign(XMath.Floor(XMath.Abs(x)), x);

    /// <summary>The one of larger magnitude; NaN wins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxMagnitude(float x, float y) => Utilities.Select(x == x, Utilities.Select(y == y, Larger(x, y), y), x);

    /// <summary>The one of larger magnitude; a number beats NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxMagnitudeNumber(float x, float y) => Utilities.Select(x == x, Utilities.Select(y == y, Larger(x, y), x), y);

    /// <summary>The one of smaller magnitude; NaN wins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MinMagnitude(float x, float y) => Utilities.Select(x == x, Utilities.Select(y == y, Smaller(x, y), y), x);

    /// <summary>The one of smaller magnitude; a number beats NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MinMagnitudeNumber(float x, float y) => Utilities.Select(x == x, Utilities.Select(y == y, Smaller(x, y), x), y);

    /// <summary>x &amp; y, bit by bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float BitwiseAnd(float x, float y) => FromBits(SingleBits(x) & SingleBits(y));

    /// <summary>x | y, bit by bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float BitwiseOr(float x, float y) => FromBits(SingleBits(x) | SingleBits(y));

    /// <summary>x ^ y, bit by bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Xor(float x, float y) => FromBits(SingleBits(x) ^ SingleBits(y));

    /// <summary>~x, bit by bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float OnesComplement(float x) => FromBits(~SingleBits(x));

    /// <summary>1 where x and y are one element, NaN being one, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Same(float x, float y) => (SingleBits(x) == SingleBits(y) ? 1 : 0) | (Utilities.Select(x == x, 0, 1) & Utilities.Select(y == y, 0, 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Larger(float x, float y) =>
        Utilities.Select(XMath.Abs(x) > XMath.Abs(y), x, Utilities.Select(XMath.Abs(x) == XMath.Abs(y), Max(x, y), y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Smaller(float x, float y) =>
        Utilities.Select(XMath.Abs(x) < XMath.Abs(y), x, Utilities.Select(XMath.Abs(x) == XMath.Abs(y), Min(x, y), y));
}
