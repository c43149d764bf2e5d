using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels;

[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class DeviceOperators
{
    private const uint SingleMagnitude = 0x7FFFFFFF;

    private const ulong DoubleMagnitude = 0x7FFFFFFFFFFFFFFF;

    private const float SingleWhole = 1 << 23;

    private const double DoubleWhole = 1L << 52;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint SingleBits(float x) => (uint)BitConverter.SingleToInt32Bits(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong DoubleBits(double x) => (ulong)BitConverter.DoubleToInt64Bits(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float FromBits(uint bits) => BitConverter.Int32BitsToSingle((int)bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double FromBits(ulong bits) => BitConverter.Int64BitsToDouble((long)bits);
}
