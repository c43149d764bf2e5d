using System.ComponentModel;
using System.Runtime.CompilerServices;
using GraphWeaver.Kernels;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// Reductions over all elements whose state is more than one element. The default value of a state is that of no element. Of each there is what an element comes to
/// (<c>Of</c>), what two parts come to, and what the host goes on with (<c>OnHost</c>): the state of <see cref="KernelFolds"/>. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class DeviceFolds
{
    /// <summary>One Boolean of all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldTruth<bool> AllOf(bool x, int index) => new() { Decided = x ? 0 : 1 };

    /// <summary>All of two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldTruth<bool> All(DeviceFoldTruth<bool> x, DeviceFoldTruth<bool> y) => new() { Decided = x.Decided | y.Decided };

    /// <summary>Whether all are true.</summary>
    public static KernelTruth<bool> AllOnHost(DeviceFoldTruth<bool> state) => new() { Value = state.Decided == 0 };

    /// <summary>One Boolean of any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldTruth<bool> AnyOf(bool x, int index) => new() { Decided = x ? 1 : 0 };

    /// <summary>Any of two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFoldTruth<bool> Any(DeviceFoldTruth<bool> x, DeviceFoldTruth<bool> y) => new() { Decided = x.Decided | y.Decided };

    /// <summary>Whether one is true.</summary>
    public static KernelTruth<bool> AnyOnHost(DeviceFoldTruth<bool> state) => new() { Value = state.Decided != 0 };
}
