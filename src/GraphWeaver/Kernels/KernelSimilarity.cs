using System.ComponentModel;

namespace GraphWeaver.Kernels;

/// <summary>The sums of x * y, x * x and y * y over a chunk's elements so far. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct KernelSimilarity<T>
{
    internal T Products;
    internal T SquaresOfX;
    internal T SquaresOfY;
}
