using System.ComponentModel;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// A kernel with reductions over all elements, as the weaver emits it for a device: as <see cref="IDeviceKernel"/>, with what the reductions have come to as one
/// structure. For generated code.
/// </summary>
/// <typeparam name="TState">A field for each reduction.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDeviceReduction<TState>
    where TState : unmanaged
{
    /// <summary>Takes the views of a call's tensors; runs on the host.</summary>
    public void Bind(DeviceCall call);

    /// <summary>What changes nothing; runs on the device.</summary>
    public TState Start();

    /// <summary>Computes one element, stores what is given out at it, and gives what is reduced; runs on the device.</summary>
    public TState Element(int index);

    /// <summary>What two parts come to together; runs on the device and, for the last parts, on the host.</summary>
    public TState Combine(TState x, TState y);
}
