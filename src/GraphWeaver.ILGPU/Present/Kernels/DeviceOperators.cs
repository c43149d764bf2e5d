using System.ComponentModel;
using System.Runtime.CompilerServices;
using global::ILGPU;
using global::ILGPU.Algorithms;

namespace GraphWeaver.ILGPU.Kernels;

[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class DeviceOperators
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNaN(float x) => XMath.IsNaN(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNaN(double x) => XMath.IsNaN(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint SingleBits(float x) => Interop.FloatAsInt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DoubleBits(double x) => Interop.FloatAsInt(x);
}
