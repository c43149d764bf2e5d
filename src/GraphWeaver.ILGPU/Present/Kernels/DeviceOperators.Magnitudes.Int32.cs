using System.Runtime.CompilerServices;
using global::ILGPU.Util;

namespace GraphWeaver.ILGPU.Kernels;

/// <content>Magnitudes of integers, compared as unsigned numbers, which the smallest signed one has too; of equal ones the positive is the larger. Written for int; the other types are the same text.</content>
public static partial class DeviceOperators
{
    /// <summary>The one of larger magnitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MaxMagnitude(int x, int y) => Utilities.Select(Magnitude(x) == Magnitude(y), Max(x, y), Utilities.Select(Magnitude(x) > Magnitude(y), x, y));

    /// <summary>The one of larger magnitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MaxMagnitudeNumber(int x, int y) => MaxMagnitude(x, y);

    /// <summary>The one of smaller magnitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MinMagnitude(int x, int y) => Utilities.Select(Magnitude(x) == Magnitude(y), Min(x, y), Utilities.Select(Magnitude(x) < Magnitude(y), x, y));

    /// <summary>The one of smaller magnitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MinMagnitudeNumber(int x, int y) => MinMagnitude(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Magnitude(int x) => Unsigned((int)Utilities.Select(x < 0, (int)(0 - x), x));
}
