using System.Runtime.CompilerServices;
using GraphWeaver.Kernels;

namespace GraphWeaver.ILGPU.Kernels;

/// <content>Searches for the place of an element, which the operator that chooses between two decides. Written for float; the other types are the same text.</content>
public static partial class DeviceFolds
{
    /// <summary>One element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldPlace<float> IndexOfMaxOf(float x, int index) => new() { Value = x, Number = index + 1 };

    /// <summary>The first largest element of two parts, or the first NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldPlace<float> IndexOfMax(DeviceFoldPlace<float> x, DeviceFoldPlace<float> y) => First(DeviceOperators.Max(x.Value, y.Value), x, y);

    /// <summary>The place found.</summary>
    public static KernelPlace<float> IndexOfMaxOnHost(DeviceFoldPlace<float> state) => OnHost(state);

    /// <summary>One element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldPlace<float> IndexOfMinOf(float x, int index) => new() { Value = x, Number = index + 1 };

    /// <summary>The first smallest element of two parts, or the first NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldPlace<float> IndexOfMin(DeviceFoldPlace<float> x, DeviceFoldPlace<float> y) => First(DeviceOperators.Min(x.Value, y.Value), x, y);

    /// <summary>The place found.</summary>
    public static KernelPlace<float> IndexOfMinOnHost(DeviceFoldPlace<float> state) => OnHost(state);

    /// <summary>The part whose element was chosen; of two with that element the one that is first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DeviceFoldPlace<float> First(float chosen, DeviceFoldPlace<float> x, DeviceFoldPlace<float> y)
    {
        if (x.Number == 0)
        {
            return y;
        }

        if (y.Number == 0)
        {
            return x;
        }

        int ofX = DeviceOperators.Same(chosen, x.Value);
        int ofY = DeviceOperators.Same(chosen, y.Value);
        return ofX > ofY || (ofX == ofY && x.Number < y.Number) ? x : y;
    }

    private static KernelPlace<float> OnHost(DeviceFoldPlace<float> state) => new() { Value = state.Value, Index = state.Number - 1 };
}
