using System.Runtime.CompilerServices;
using GraphWeaver.ILGPU.Kernels.Functions;

namespace GraphWeaver.ILGPU.Kernels.Products;

/// <summary>Products of double.</summary>
public readonly struct DoubleArithmetic : IDeviceArithmetic<double>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double MultiplyAdd(double x, double y, double sum) => Fused.Double(x, y, sum);
}
