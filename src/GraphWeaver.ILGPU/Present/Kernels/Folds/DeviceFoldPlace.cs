using System.ComponentModel;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>The best of some elements and where it is. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DeviceFoldPlace<T>
    where T : unmanaged
{
    internal T Value;

    /// <summary>The element's place, counted from 1; 0 of no element.</summary>
    internal int Number;
}
