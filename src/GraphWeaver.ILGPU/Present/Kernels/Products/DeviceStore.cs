using System.ComponentModel;

namespace GraphWeaver.ILGPU.Kernels.Products;

/// <summary>What goes on with a product that is wanted by itself: its elements are stored in the call's first tensor.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DeviceStore<T> : IDeviceEpilogue<T>
    where T : unmanaged
{
    private DeviceView<T> result;

    /// <inheritdoc/>
    public void Bind(DeviceCall call) => result = call.View<T>(0);

    /// <inheritdoc/>
    public readonly void Execute(int index, T product) => result.Set(index, product);
}
