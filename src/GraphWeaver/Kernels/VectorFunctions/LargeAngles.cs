namespace GraphWeaver.Kernels.VectorFunctions;

/// <summary>
/// The circular functions where Cody and Waite's reduction ends: lane by lane, by the scalar functions, whose reduction (Payne and Hanek, 1983) knows
/// π to as many bits as the largest number needs. The other lanes keep the result they have.
/// </summary>
internal static partial class LargeAngles
{
    private static bool IsLarge(float x) => float.Abs(x) > SingleFormat.LargeAngle;

    private static bool IsLarge(double x) => double.Abs(x) > DoubleFormat.LargeAngle;
}
