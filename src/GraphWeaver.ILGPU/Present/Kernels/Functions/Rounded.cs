using global::ILGPU.IR.Intrinsics;

namespace GraphWeaver.ILGPU.Kernels.Functions;

/// <summary>
/// Sums and products that each round, as they are written. ILGPU puts those of constants together, (x + 3) + 1 becoming x + 4, and simplifies what is not simple in floating
/// point; it does not look into these, which are one instruction of each device, by <see cref="DeviceIntrinsics"/>.
/// </summary>
internal static class Rounded
{
    [IntrinsicImplementation]
    internal static float AddSingle(float x, float y) => x + y;

    [IntrinsicImplementation]
    internal static float SubtractSingle(float x, float y) => x - y;

    [IntrinsicImplementation]
    internal static float MultiplySingle(float x, float y) => x * y;

    [IntrinsicImplementation]
    internal static double AddDouble(double x, double y) => x + y;

    [IntrinsicImplementation]
    internal static double SubtractDouble(double x, double y) => x - y;

    [IntrinsicImplementation]
    internal static double MultiplyDouble(double x, double y) => x * y;
}
