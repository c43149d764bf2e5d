using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>The operators on the bits of an integer. Written for int; the other types are the same text.</summary>
public static partial class DeviceOperators
{
    /// <summary>x &lt;&lt; count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ShiftLeft(int x, int count) => (int)(x << (count & ((8 * sizeof(int)) - 1)));

    /// <summary>x &gt;&gt; count; without sign where the type has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ShiftRightArithmetic(int x, int count) => (int)(x >> (count & ((8 * sizeof(int)) - 1)));

    /// <summary>x &gt;&gt;&gt; count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ShiftRightLogical(int x, int count) => (int)(Unsigned(x) >> (count & ((8 * sizeof(int)) - 1)));

    /// <summary>The bits of x moved up by count, around the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RotateLeft(int x, int count) => (int)(ShiftLeft(x, count) | ShiftRightLogical(x, -count));

    /// <summary>The bits of x moved down by count, around the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RotateRight(int x, int count) => (int)(ShiftRightLogical(x, count) | ShiftLeft(x, -count));

    /// <summary>The number of one bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PopCount(int x) => (int)Ones(Unsigned(x));

    /// <summary>The number of zero bits above the highest one bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LeadingZeroCount(int x) => (int)((8 * sizeof(int)) - Ones(Filled(Unsigned(x))));

    /// <summary>The number of zero bits below the lowest one bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TrailingZeroCount(int x) => (int)Ones(Unsigned((int)(~x & (x - 1))));
}
