using System.ComponentModel;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>How rows of a space become coordinates: a type, so that there is a kernel for each.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDeviceRows
{
    /// <summary>The coordinates of an element of a row.</summary>
    public DevicePlace PlaceOf(DeviceSpace space, int row, int column);
}
