using System.ComponentModel;

namespace GraphWeaver.Kernels;

/// <summary>How a kernel reaches one tensor over its <see cref="KernelSpace"/>: a stride per dimension of the space. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct KernelAccess
{
    /// <summary>The place of the first element, in elements from the tensor's first.</summary>
    internal nint Offset;

    /// <summary>The distance of neighbours along each dimension of the space, in elements; 0 where the tensor is repeated.</summary>
    internal KernelDimensions Strides;

    /// <summary>The distance of neighbours along the last dimension of the space.</summary>
    internal nint Inner;

    /// <summary>The least distance of an element from the tensor's first.</summary>
    internal nint Lowest;

    /// <summary>The largest distance of an element from the tensor's first.</summary>
    internal nint Highest;

    /// <summary>Whether the elements of the whole space lie side by side in memory.</summary>
    internal bool IsFlat;

    /// <summary>Whether the elements of each tile lie side by side in memory.</summary>
    internal bool IsDirect;
}
