using System.Runtime.CompilerServices;
using GraphWeaver.ILGPU.Kernels.Functions;

namespace GraphWeaver.ILGPU.Kernels;

/// <content>The circular functions, whose largest angles are reduced by <see cref="LargeAngles"/>. Written for float; double is the same text.</content>
public static partial class DeviceOperators
{
    /// <summary>Sin of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sin(float x) => DeviceFunctions.Sin(new LaneSingle(x)).Value;

    /// <summary>Cos of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cos(float x) => DeviceFunctions.Cos(new LaneSingle(x)).Value;

    /// <summary>Tan of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tan(float x) => DeviceFunctions.Tan(new LaneSingle(x)).Value;
}
