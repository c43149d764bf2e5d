using System.ComponentModel;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>The sums of x * y, x * x and y * y over some elements. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DeviceFoldSimilarity<T>
    where T : unmanaged
{
    internal T Products;

    internal T SquaresOfX;

    internal T SquaresOfY;
}
