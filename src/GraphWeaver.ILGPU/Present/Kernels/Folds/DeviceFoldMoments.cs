using System.ComponentModel;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>Number, mean and sum of squared distances from the mean of some elements. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DeviceFoldMoments<T>
    where T : unmanaged
{
    internal int Count;

    internal T Mean;

    internal T Squares;
}
