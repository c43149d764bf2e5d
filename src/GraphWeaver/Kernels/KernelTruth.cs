using System.ComponentModel;

namespace GraphWeaver.Kernels;

/// <summary>What all or any of a chunk's Booleans come to. <typeparamref name="T"/> is <see cref="bool"/>. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct KernelTruth<T>
{
    internal bool Value;
}
