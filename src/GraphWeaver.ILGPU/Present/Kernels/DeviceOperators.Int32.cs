using System.Runtime.CompilerServices;
using global::ILGPU.Util;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>The operators on an integer, which wraps. Written for int; the other types are the same text.</summary>
public static partial class DeviceOperators
{
    /// <summary>x + y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Add(int x, int y) => (int)(x + y);

    /// <summary>x - y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Subtract(int x, int y) => (int)(x - y);

    /// <summary>x y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Multiply(int x, int y) => (int)(x * y);

    /// <summary>x + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Increment(int x) => (int)(x + 1);

    /// <summary>x - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Decrement(int x) => (int)(x - 1);

    /// <summary>-x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Negate(int x) => (int)(0 - x);

    /// <summary>x &amp; y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BitwiseAnd(int x, int y) => (int)(x & y);

    /// <summary>x | y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BitwiseOr(int x, int y) => (int)(x | y);

    /// <summary>x ^ y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Xor(int x, int y) => (int)(x ^ y);

    /// <summary>~x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int OnesComplement(int x) => (int)~x;

    /// <summary>The larger of x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Max(int x, int y) => Utilities.Select(x > y, x, y);

    /// <summary>The larger of x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MaxNumber(int x, int y) => Utilities.Select(x > y, x, y);

    /// <summary>The smaller of x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Min(int x, int y) => Utilities.Select(x < y, x, y);

    /// <summary>The smaller of x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MinNumber(int x, int y) => Utilities.Select(x < y, x, y);

    /// <summary>x == y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Equals(int x, int y) => x == y;

    /// <summary>x &gt; y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GreaterThan(int x, int y) => x > y;

    /// <summary>x &gt;= y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GreaterThanOrEqual(int x, int y) => x >= y;

    /// <summary>x &lt; y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LessThan(int x, int y) => x < y;

    /// <summary>x &lt;= y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LessThanOrEqual(int x, int y) => x <= y;

    /// <summary>x where the condition is true, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Where(bool condition, int x, int y) => Utilities.Select(condition, x, y);

    /// <summary>y where the filter is true, else x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FilteredUpdate(int x, bool filter, int y) => Utilities.Select(filter, y, x);

    /// <summary>1 where x and y are one element, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Int32 Same(int x, int y) => x == y ? 1 : 0;
}
