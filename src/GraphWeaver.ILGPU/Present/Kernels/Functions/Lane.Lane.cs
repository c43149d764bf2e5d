using System.Runtime.CompilerServices;
using global::ILGPU.Algorithms;
using global::ILGPU.Util;

namespace GraphWeaver.ILGPU.Kernels.Functions;

/// <summary>
/// The vector operations that the vector functions use, on one lane. ILGPU takes unordered comparisons for ordered ones on OpenCL: so none is negated, and none is
/// branched on.
/// </summary>
internal static partial class Lane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle Create(float x) => new(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneUInt32 Create(uint x) => new(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle Abs(LaneSingle x) => new(XMath.Abs(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle Sqrt(LaneSingle x) => new(XMath.Sqrt(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle Floor(LaneSingle x) => new(XMath.Floor(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle Round(LaneSingle x) => new(DeviceOperators.Round(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle LessThan(LaneSingle x, LaneSingle y) => new LaneUInt32(Utilities.Select(x.Value < y.Value, uint.MaxValue, uint.MinValue)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle GreaterThan(LaneSingle x, LaneSingle y) => LessThan(y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle LessThanOrEqual(LaneSingle x, LaneSingle y) => LessThan(x, y) | Equals(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle GreaterThanOrEqual(LaneSingle x, LaneSingle y) => LessThanOrEqual(y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle Equals(LaneSingle x, LaneSingle y) => new LaneUInt32(Utilities.Select(x.Value == y.Value, uint.MaxValue, uint.MinValue)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneUInt32 Equals(LaneUInt32 x, LaneUInt32 y) => new(Utilities.Select(x.Value == y.Value, uint.MaxValue, uint.MinValue));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool GreaterThanAny(LaneSingle x, LaneSingle y) => x.Value > y.Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool GreaterThanAny(LaneUInt32 x, LaneUInt32 y) => x.Value > y.Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle ConditionalSelect(LaneSingle mask, LaneSingle x, LaneSingle y) => new(Utilities.Select(mask.AsUInt32().Value != 0, x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle AndNot(LaneSingle x, LaneSingle y) => x & ~y;

    /// <summary>As x86 has it: y where one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle MinNative(LaneSingle x, LaneSingle y) => new(Utilities.Select(x.Value < y.Value, x.Value, y.Value));

    /// <summary>As x86 has it: y where one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle MaxNative(LaneSingle x, LaneSingle y) => new(Utilities.Select(x.Value > y.Value, x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle Max(LaneSingle x, LaneSingle y) => new(DeviceOperators.Max(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle CopySign(LaneSingle x, LaneSingle y) => new(DeviceOperators.CopySign(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneUInt32 ShiftLeft(LaneUInt32 x, int count) => new(x.Value << count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneUInt32 ShiftRightLogical(LaneUInt32 x, int count) => new(x.Value >> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle MultiplyAddEstimate(LaneSingle x, LaneSingle y, LaneSingle z) => new(Fused.Single(x.Value, y.Value, z.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle FusedMultiplyAdd(LaneSingle x, LaneSingle y, LaneSingle z) => new(Fused.Single(x.Value, y.Value, z.Value));
}
