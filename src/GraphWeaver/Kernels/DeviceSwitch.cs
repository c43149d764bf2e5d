using System.ComponentModel;

namespace GraphWeaver.Kernels;

/// <summary>
/// The one question a kernel asks before it thinks of a device: whether a GPU backend may be on at all. It costs the read of a static. It starts
/// from <c>GRAPHWEAVER_BACKEND</c>, follows <see cref="GraphMode.Backend"/>, and is turned off by the backend that finds no device. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DeviceSwitch
{
    /// <summary>Whether kernels are to offer themselves to a device.</summary>
    public static bool IsOn = GraphMode.Backend != Backend.Cpu;
}
