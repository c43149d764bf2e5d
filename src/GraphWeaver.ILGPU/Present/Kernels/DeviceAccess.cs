using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>How a kernel reaches one tensor over its <see cref="DeviceSpace"/>. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public record struct DeviceAccess
{
    internal int Offset;
    internal int First;
    internal int Second;
    internal int Third;
    internal int Last;

    /// <summary>Where the tensor has an element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int At(DevicePlace place) =>
        Offset + (place.First * First) + (place.Second * Second) + (place.Third * Third) + (place.Last * Last);

    /// <summary>Where the tensor has an element of a row.</summary>
    /// <param name="start">Where it has the row's first.</param>
    /// <param name="column">The element's number in the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Along(int start, int column) => start + (column * Last);
}
