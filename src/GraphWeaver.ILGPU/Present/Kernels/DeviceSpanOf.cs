using System.Buffers;
using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// The elements of a span that have a copy on a device for one kernel: they are known by no object, and stay where they are only as long as the caller holds them.
/// </summary>
internal sealed unsafe class DeviceSpanOf<T>(ref T first, long length) : DeviceTensor(new object(), Unsafe.SizeOf<T>(), length)
    where T : unmanaged
{
    private readonly void* first = Unsafe.AsPointer(ref first);

    /// <inheritdoc/>
    protected override ref byte Host => ref *(byte*)first;

    /// <inheritdoc/>
    protected override MemoryHandle Pin() => new(first);
}
