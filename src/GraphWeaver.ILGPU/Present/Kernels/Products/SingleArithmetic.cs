using System.Runtime.CompilerServices;
using GraphWeaver.ILGPU.Kernels.Functions;

namespace GraphWeaver.ILGPU.Kernels.Products;

/// <summary>Products of float.</summary>
public readonly struct SingleArithmetic : IDeviceArithmetic<float>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float MultiplyAdd(float x, float y, float sum) => Fused.Single(x, y, sum);
}
