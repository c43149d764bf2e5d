using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels.Products;

/// <summary>Four elements of a row that one thread has: registers.</summary>
internal readonly struct DeviceFour<T>(T first, T second, T third, T fourth)
    where T : unmanaged
{
    public readonly T First = first;
    public readonly T Second = second;
    public readonly T Third = third;
    public readonly T Fourth = fourth;

    /// <summary>These sums, each with one product more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceFour<T> Add<TArithmetic>(T x, DeviceFour<T> y)
        where TArithmetic : struct, IDeviceArithmetic<T>
    {
        TArithmetic arithmetic = default;
        return new DeviceFour<T>(
            arithmetic.MultiplyAdd(x, y.First, First), arithmetic.MultiplyAdd(x, y.Second, Second),
            arithmetic.MultiplyAdd(x, y.Third, Third), arithmetic.MultiplyAdd(x, y.Fourth, Fourth));
    }
}
