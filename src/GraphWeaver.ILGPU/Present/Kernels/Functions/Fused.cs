using global::ILGPU;
using global::ILGPU.IR.Intrinsics;

namespace GraphWeaver.ILGPU.Kernels.Functions;

/// <summary>x y + z, rounded once: the instruction of each device, by <see cref="DeviceIntrinsics"/>.</summary>
internal static class Fused
{
    [IntrinsicImplementation]
    internal static float Single(float x, float y, float z) => MathF.FusedMultiplyAdd(x, y, z);

    [IntrinsicImplementation]
    internal static double Double(double x, double y, double z) => Math.FusedMultiplyAdd(x, y, z);
}
