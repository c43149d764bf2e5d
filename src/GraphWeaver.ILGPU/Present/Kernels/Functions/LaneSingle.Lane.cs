using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels.Functions;

/// <summary>
/// One float in the place of a vector of them, so that the text of the CPU's vector functions is a device's too; ILGPU makes a register of it. A mask is all bits or none.
/// </summary>
internal readonly struct LaneSingle(float value)
{
    internal readonly float Value = value;

    internal static LaneSingle One => new(1);

    internal static LaneSingle Zero => new(0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneSingle operator +(LaneSingle x, LaneSingle y) => new(Rounded.AddSingle(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneSingle operator -(LaneSingle x, LaneSingle y) => new(Rounded.SubtractSingle(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneSingle operator *(LaneSingle x, LaneSingle y) => new(Rounded.MultiplySingle(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneSingle operator *(LaneSingle x, float y) => new(Rounded.MultiplySingle(x.Value, y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneSingle operator *(float x, LaneSingle y) => new(Rounded.MultiplySingle(x, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneSingle operator /(LaneSingle x, LaneSingle y) => new(x.Value / y.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneSingle operator -(LaneSingle x) => new(-x.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneSingle operator &(LaneSingle x, LaneSingle y) => (x.AsUInt32() & y.AsUInt32()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneSingle operator |(LaneSingle x, LaneSingle y) => (x.AsUInt32() | y.AsUInt32()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneSingle operator ^(LaneSingle x, LaneSingle y) => (x.AsUInt32() ^ y.AsUInt32()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneSingle operator ~(LaneSingle x) => (~x.AsUInt32()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal LaneUInt32 AsUInt32() => new(DeviceOperators.SingleBits(Value));
}
