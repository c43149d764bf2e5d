using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels;

/// <content>Written for float; the other types are the same text. For generated code.</content>
public static partial class DeviceGroups
{
    /// <summary>The sum over the group's threads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float value) => Combine<float, Sum>(value);

    /// <summary>The largest over the group's threads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(float value) => Combine<float, Maximum>(value);

    /// <summary>The smallest over the group's threads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(float value) => Combine<float, Minimum>(value);

    /// <summary>A sum divided by the number of elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Mean(float sum, int length) => sum / length;

    private readonly partial struct Sum : IDeviceCombination<float>
    {
        public float Combine(float x, float y) => DeviceOperators.Add(x, y);
    }

    private readonly partial struct Maximum : IDeviceCombination<float>
    {
        public float Combine(float x, float y) => DeviceOperators.Max(x, y);
    }

    private readonly partial struct Minimum : IDeviceCombination<float>
    {
        public float Combine(float x, float y) => DeviceOperators.Min(x, y);
    }
}
