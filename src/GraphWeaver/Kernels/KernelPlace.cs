using System.ComponentModel;

namespace GraphWeaver.Kernels;

/// <summary>The element a search has found so far, and how far it has come. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct KernelPlace<T>
{
    internal T Value;

    /// <summary>The element's place; -1 where none has been seen.</summary>
    internal nint Index;

    /// <summary>The place of the next tile's first element.</summary>
    internal nint Next;
}
