using System.Runtime.CompilerServices;
using global::ILGPU.Algorithms;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// The operators of kernels on one element, as plain code that ILGPU compiles: what the eager operator does, bit for bit but for NaN's payload. Written for
/// float; double is the same text. For generated code.
/// </summary>
public static partial class DeviceOperators
{
    /// <summary>x + y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float x, float y) => x + y;

    /// <summary>x - y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Subtract(float x, float y) => x - y;

    /// <summary>x y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Multiply(float x, float y) => x * y;

    /// <summary>x / y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Divide(float x, float y) => x / y;

    /// <summary>x + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Increment(float x) => x + 1;

    /// <summary>x - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Decrement(float x) => x - 1;

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
    public static float Max(float x, float y) => IsNaN(x) ? x : IsNaN(y) ? y : x == y ? (IsNegative(x) ? y : x) : x > y ? x : y;

    /// <summary>The larger of x and y; a number beats NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxNumber(float x, float y) => IsNaN(x) ? y : IsNaN(y) ? x : Max(x, y);

    /// <summary>The smaller of x and y; NaN wins, -0 is below +0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(float x, float y) => IsNaN(x) ? x : IsNaN(y) ? y : x == y ? (IsNegative(x) ? x : y) : x < y ? x : y;

    /// <summary>The smaller of x and y; a number beats NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MinNumber(float x, float y) => IsNaN(x) ? y : IsNaN(y) ? x : Min(x, y);

    /// <summary>The magnitude of x with the sign of y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float CopySign(float x, float y) => IsNegative(x) == IsNegative(y) ? x : -x;

    /// <summary>x == y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Equals(float x, float y) => x == y;

    /// <summary>x &gt; y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GreaterThan(float x, float y) => x > y;

    /// <summary>x &gt;= y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GreaterThanOrEqual(float x, float y) => x >= y;

    /// <summary>x &lt; y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LessThan(float x, float y) => x < y;

    /// <summary>x &lt;= y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LessThanOrEqual(float x, float y) => x <= y;

    /// <summary>x where the condition is true, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Where(bool condition, float x, float y) => condition ? x : y;

    /// <summary>y where the filter is true, else x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FilteredUpdate(float x, bool filter, float y) => filter ? y : x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNegative(float x) => (SingleBits(x) >> 31) != 0;
}
