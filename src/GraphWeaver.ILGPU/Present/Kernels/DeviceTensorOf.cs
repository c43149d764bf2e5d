using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>A tensor of one element type that has a copy on a device.</summary>
internal sealed class DeviceTensorOf<T>(Tensor<T> tensor) : DeviceTensor(tensor, Unsafe.SizeOf<T>(), Extent(tensor))
    where T : unmanaged
{
    /// <inheritdoc/>
    protected override ref byte Host => ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in tensor.GetPinnableReference()));

    /// <inheritdoc/>
    protected override MemoryHandle Pin() => tensor.GetPinnedHandle();

    /// <summary>The elements from the first to the last, those between that are not the tensor's among them.</summary>
    private static long Extent(Tensor<T> tensor)
    {
        long extent = 1;
        for (int dimension = 0; dimension < tensor.Rank; dimension++)
        {
            extent += (long)(tensor.Lengths[dimension] - 1) * tensor.Strides[dimension];
        }

        return extent;
    }
}
