using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>A piece of device memory, of a size of <see cref="DeviceMemory"/>'s.</summary>
internal sealed class DeviceBlock(MemoryBuffer1D<byte, Stride1D.Dense> buffer)
{
    /// <summary>Its size.</summary>
    public long Bytes => buffer.Length;

    /// <summary>Its first bytes as elements.</summary>
    public ArrayView<T> View<T>(long bytes)
        where T : unmanaged => buffer.View.SubView(0, bytes).AsContiguous().Cast<T>();

    /// <summary>Gives the memory back to the driver.</summary>
    public void Free() => buffer.Dispose();
}
