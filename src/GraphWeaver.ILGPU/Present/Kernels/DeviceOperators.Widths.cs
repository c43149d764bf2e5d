using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>Conversions between floating-point numbers.</summary>
public static partial class DeviceOperators
{
    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertTruncatingToSingle(float x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertTruncatingToSingle(double x) => (float)x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ConvertTruncatingToDouble(float x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ConvertTruncatingToDouble(double x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertSaturatingToSingle(float x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ConvertSaturatingToSingle(double x) => (float)x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ConvertSaturatingToDouble(float x) => x;

    /// <summary>x, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ConvertSaturatingToDouble(double x) => x;
}
