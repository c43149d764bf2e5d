using System.ComponentModel;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>A kernel that reduces rows, as the weaver emits it for a device: as <see cref="IDeviceKernel"/>, with the work on one row. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDeviceRowKernel
{
    /// <summary>Takes the views of a call's tensors; runs on the host.</summary>
    public void Bind(DeviceCall call);

    /// <summary>Computes one row, together with the other threads of the group; runs on the device.</summary>
    public void Execute(int row, int length, DevicePlace first);
}
