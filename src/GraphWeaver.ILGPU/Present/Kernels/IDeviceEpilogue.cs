using System.ComponentModel;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// A kernel that goes on with the elements of a product, as the weaver emits it for a device: as <see cref="IDeviceKernel"/>, but one of its inputs is made by the
/// launch and handed over element by element. For generated code.
/// </summary>
/// <typeparam name="T">The type of the product's elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDeviceEpilogue<T>
    where T : unmanaged
{
    /// <summary>Takes the views of a call's tensors; runs on the host.</summary>
    public void Bind(DeviceCall call);

    /// <summary>Computes one element; runs on the device.</summary>
    public void Execute(int index, T product);
}
