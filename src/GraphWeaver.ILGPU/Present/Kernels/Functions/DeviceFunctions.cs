using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels.Functions;

/// <summary>The runtime's <c>VectorMath</c> on one lane: its text, with other types. Its bits are the CPU's.</summary>
internal static partial class DeviceFunctions
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneSingle Pow(LaneSingle x, LaneSingle y) => new((float)ShortPower(new LaneDouble(x.Value), new LaneDouble(y.Value)).Value);

    /// <summary>sin(q π/2 + r), of a quarter turn found elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneDouble SineOfQuarter(LaneUInt64 quarter, LaneDouble rest) => SineOf(quarter, rest, LaneDouble.Zero);

    /// <summary>tan(q π/2 + r), of a quarter turn found elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LaneDouble TangentOfQuarter(LaneUInt64 quarter, LaneDouble rest) => TangentOf(quarter, rest, LaneDouble.Zero);
}
