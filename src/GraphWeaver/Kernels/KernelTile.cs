using System.ComponentModel;

namespace GraphWeaver.Kernels;

/// <summary>Where in a <see cref="KernelSpace"/> a tile begins; found once, for all tensors. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct KernelTile
{
    /// <summary>The place of the first element in its row.</summary>
    internal nint Column;

    /// <summary>The index of the row in each dimension before it; what comes after those has no meaning.</summary>
    internal KernelDimensions Row;
}
