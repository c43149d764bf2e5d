using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels;

[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class DeviceOperators
{
    private const uint SingleMagnitude = 0x7FFFFFFF;

    private const ulong DoubleMagnitude = 0x7FFFFFFFFFFFFFFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint SingleBits(float x) => BitConverter.SingleToUInt32Bits(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DoubleBits(double x) => BitConverter.DoubleToUInt64Bits(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float FromBits(uint bits) => BitConverter.UInt32BitsToSingle(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double FromBits(ulong bits) => BitConverter.UInt64BitsToDouble(bits);
}
