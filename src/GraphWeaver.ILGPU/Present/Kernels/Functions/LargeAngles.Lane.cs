namespace GraphWeaver.ILGPU.Kernels.Functions;

/// <summary>Angles beyond the reduction of the circular functions, which kernels with those operators leave to the CPU: no row of theirs has a form for a device.</summary>
internal static partial class LargeAngles
{
    internal static LaneSingle Sin(LaneSingle x, LaneSingle result) => result;

    internal static LaneSingle Cos(LaneSingle x, LaneSingle result) => result;

    internal static LaneSingle Tan(LaneSingle x, LaneSingle result) => result;
}
