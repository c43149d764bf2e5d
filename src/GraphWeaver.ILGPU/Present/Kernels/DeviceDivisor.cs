using System.Numerics;
using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// A divisor of integers from 0 to 2³¹ - 1 by multiplication (Granlund and Montgomery, Division by Invariant Integers using Multiplication, 1994, figure 4.1):
/// with 2^(s-1) &lt; d ≤ 2^s, q = (n + n m / 2³²) / 2^s for m = 2³² (2^s - d) / d + 1.
/// </summary>
internal struct DeviceDivisor
{
    internal int Divisor;
    private uint multiplier;
    private int shift;

    internal static DeviceDivisor Of(int divisor)
    {
        int shift = divisor == 1 ? 0 : BitOperations.Log2((uint)divisor - 1) + 1;
        return new DeviceDivisor { Divisor = divisor, shift = shift, multiplier = (uint)((((1UL << shift) - (uint)divisor) << 32) / (uint)divisor + 1) };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly int Quotient(int number)
    {
        uint high = (uint)(((ulong)(uint)number * multiplier) >> 32);
        return (int)((high + (uint)number) >> shift);
    }
}
