using System.Runtime.CompilerServices;
using GraphWeaver.Kernels;

namespace GraphWeaver.ILGPU.Kernels;

/// <content>The same by magnitude. Written for float; the other types are the same text.</content>
public static partial class DeviceFolds
{
    /// <summary>One element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldPlace<float> IndexOfMaxMagnitudeOf(float x, int index) => new() { Value = x, Number = index + 1 };

    /// <summary>The first element of largest magnitude of two parts, or the first NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldPlace<float> IndexOfMaxMagnitude(DeviceFoldPlace<float> x, DeviceFoldPlace<float> y) => First(DeviceOperators.MaxMagnitude(x.Value, y.Value), x, y);

    /// <summary>The place found.</summary>
    public static KernelPlace<float> IndexOfMaxMagnitudeOnHost(DeviceFoldPlace<float> state) => OnHost(state);

    /// <summary>One element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldPlace<float> IndexOfMinMagnitudeOf(float x, int index) => new() { Value = x, Number = index + 1 };

    /// <summary>The first element of smallest magnitude of two parts, or the first NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldPlace<float> IndexOfMinMagnitude(DeviceFoldPlace<float> x, DeviceFoldPlace<float> y) => First(DeviceOperators.MinMagnitude(x.Value, y.Value), x, y);

    /// <summary>The place found.</summary>
    public static KernelPlace<float> IndexOfMinMagnitudeOnHost(DeviceFoldPlace<float> state) => OnHost(state);
}
