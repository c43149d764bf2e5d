using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels.Functions;

/// <summary>The bits of a <see cref="LaneSingle"/>.</summary>
internal readonly struct LaneUInt32(uint value)
{
    internal readonly uint Value = value;

    internal static LaneUInt32 Zero => new(0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneUInt32 operator +(LaneUInt32 x, LaneUInt32 y) => new(x.Value + y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneUInt32 operator -(LaneUInt32 x, LaneUInt32 y) => new(x.Value - y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneUInt32 operator &(LaneUInt32 x, LaneUInt32 y) => new(x.Value & y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneUInt32 operator |(LaneUInt32 x, LaneUInt32 y) => new(x.Value | y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneUInt32 operator ^(LaneUInt32 x, LaneUInt32 y) => new(x.Value ^ y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneUInt32 operator ~(LaneUInt32 x) => new(~x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal LaneSingle AsSingle() => new(DeviceOperators.FromBits(Value));
}
