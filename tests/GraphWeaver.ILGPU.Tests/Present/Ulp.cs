using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>Distances in units in the last place.</summary>
internal static class Ulp
{
    /// <summary>Whether a number is at most so many units from another; zeros of either sign, infinities and NaN are near themselves alone.</summary>
    public static bool IsWithin(double expected, double actual, ElementType type, double ulps)
    {
        double size = Math.Abs(expected);
        double unit = type == ElementType.Single ? MathF.BitIncrement((float)size) - size : Math.BitIncrement(size) - size;
        return expected.Equals(actual) ? size > 0 || double.IsNaN(size) || double.IsNegative(expected) == double.IsNegative(actual)
            : size > 0 && double.IsFinite(expected) && Math.Abs(expected - actual) <= ulps * unit;
    }
}
