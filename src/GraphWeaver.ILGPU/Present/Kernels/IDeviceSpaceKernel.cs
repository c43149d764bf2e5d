using System.ComponentModel;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>An element-wise kernel over tensors of any layout, as the weaver emits it for a device: as <see cref="IDeviceKernel"/>. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDeviceSpaceKernel
{
    /// <summary>Takes the views of a call's tensors; runs on the host.</summary>
    public void Bind(DeviceCall call);

    /// <summary>Computes one element; runs on the device.</summary>
    public void Execute(int index, DevicePlace place);
}
