namespace GraphWeaver.ILGPU.Kernels;

/// <summary>The lengths of the four dimensions that a kernel over tensors of any layout has at most.</summary>
internal readonly record struct DeviceShape(int First, int Second, int Third, int Last)
{
    /// <summary>The number of elements.</summary>
    public long Length => (long)First * Second * Third * Last;
}
