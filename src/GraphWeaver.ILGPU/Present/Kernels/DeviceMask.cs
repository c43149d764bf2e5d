using System.ComponentModel;
using System.Runtime.CompilerServices;
using global::ILGPU;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>The elements of a tensor of Booleans on the device, where they are bytes: ILGPU moves no others. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DeviceMask
{
    private readonly ArrayView<byte> elements;

    internal DeviceMask(ArrayView<byte> elements) => this.elements = elements;

    /// <summary>The element at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Get(int place) => elements[place] != 0;

    /// <summary>Puts an element at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int place, bool value) => elements[place] = value ? (byte)1 : (byte)0;

    /// <summary>Puts an element at a place, where every thread of a group has the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetByFirst(int place, bool value)
    {
        if (Group.IdxX == 0)
        {
            Set(place, value);
        }
    }
}
