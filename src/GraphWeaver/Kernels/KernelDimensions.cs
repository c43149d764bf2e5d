using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels;

/// <summary>One number per dimension of a tensor: room for <see cref="KernelLayout.MaxRank"/>. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[InlineArray(KernelLayout.MaxRank)]
public struct KernelDimensions
{
    private nint first;
}
