using global::ILGPU.IR.Intrinsics;

namespace GraphWeaver.ILGPU.Kernels.Functions;

/// <summary>
/// Sums, differences and products that are each rounded, by <see cref="DeviceIntrinsics"/>: ILGPU puts the constants of operators of the language together, (x + a) + b to x + (a + b) and
/// a - (b - x) to (a - b) + x, and drops zeros with their signs; calls it leaves alone.
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
