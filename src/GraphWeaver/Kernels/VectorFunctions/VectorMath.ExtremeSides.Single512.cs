using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels.VectorFunctions;

namespace GraphWeaver.Kernels;

/// <content>
/// The angles of points where a side is infinite, or so long or short that quotients would be out of range, or both are zero. They are rare, so that they have functions
/// of their own, which bring the sides of such lanes into range and leave the others as they are: their results are the same.
/// </content>
public static partial class VectorMath
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Atan2OfExtremeSides(Vector512<float> y, Vector512<float> x, out Vector512<float> result)
    {
        Vector512<float> angle = AngleOfPoint(InRange(y, y, x), NotZero(InRange(x, y, x), y), out Vector512<float> low);
        result = Vector512.CopySign(angle + low, y);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Atan2PiOfExtremeSides(Vector512<float> y, Vector512<float> x, out Vector512<float> result)
    {
        Vector512<float> angle = AngleOfPoint(InRange(y, y, x), NotZero(InRange(x, y, x), y), out Vector512<float> low);
        result = Vector512.CopySign(InHalfTurns(angle, low), y);
    }

    /// <summary>The side times a power of two that the larger side calls for; beside an infinity a number is zero, an infinity is 1, and NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> InRange(Vector512<float> side, Vector512<float> y, Vector512<float> x)
    {
        Vector512<float> one = Vector512<float>.One;
        Vector512<float> infinity = Vector512.Create(float.PositiveInfinity);
        Vector512<float> larger = LargerSide(Vector512.Abs(y), Vector512.Abs(x));
        Vector512<float> factor = Vector512.ConditionalSelect(
            Vector512.GreaterThan(larger, Vector512.Create(SingleFormat.LargeSide)),
            Vector512.Create(SingleFormat.LargeSideFactor),
            Vector512.ConditionalSelect(Vector512.LessThan(larger, Vector512.Create(SingleFormat.SmallSide)), Vector512.Create(SingleFormat.SmallSideFactor), one));
        Vector512<float> besideInfinity = Vector512.ConditionalSelect(
            Vector512.Equals(Vector512.Abs(side), infinity), Vector512.CopySign(one, side), side * Vector512<float>.Zero);
        return Vector512.ConditionalSelect(Vector512.Equals(larger, infinity), besideInfinity, side * factor);
    }

    /// <summary>The width, or 1 with its sign where both sides are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> NotZero(Vector512<float> width, Vector512<float> height) => Vector512.ConditionalSelect(
        Vector512.Equals(width, Vector512<float>.Zero) & Vector512.Equals(height, Vector512<float>.Zero), Vector512.CopySign(Vector512<float>.One, width), width);
}
