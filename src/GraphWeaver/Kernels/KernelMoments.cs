using System.ComponentModel;

namespace GraphWeaver.Kernels;

/// <summary>Number, mean and sum of squared distances from the mean of a chunk's elements so far. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct KernelMoments<T>
{
    internal nint Count;
    internal T Mean;
    internal T Squares;
}
