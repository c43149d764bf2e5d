using System.ComponentModel;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// A kernel as the weaver emits it for a device: a structure with a view of every tensor and the scalars, which is the argument of the launch, and
/// the work on one element. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDeviceKernel
{
    /// <summary>Takes the views of a call's tensors; runs on the host.</summary>
    public void Bind(DeviceCall call);

    /// <summary>Computes one element; runs on the device.</summary>
    public void Execute(int index);
}
