using System.ComponentModel;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>The coordinates of an element of a <see cref="DeviceSpace"/>. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DevicePlace
{
    internal int First;
    internal int Second;
    internal int Third;
    internal int Last;
}
