using System.ComponentModel;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>What all or any of some Booleans come to. <typeparamref name="T"/> is <see cref="bool"/>, which ILGPU moves to no device. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DeviceFoldTruth<T>
    where T : unmanaged
{
    /// <summary>Not 0 where an element has decided the answer: one that is false of all, one that is true of any.</summary>
    internal int Decided;
}
