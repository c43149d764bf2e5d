using System.ComponentModel;
using System.Runtime.CompilerServices;
using global::ILGPU;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>The elements of a tensor on the device. For generated code.</summary>
/// <typeparam name="T">The type of the elements, which has the same bits on the device.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DeviceView<T>
    where T : unmanaged
{
    private readonly ArrayView<T> elements;

    internal DeviceView(ArrayView<T> elements) => this.elements = elements;

    /// <summary>The element at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Get(int place) => elements[place];

    /// <summary>Puts an element at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int place, T value) => elements[place] = value;

    /// <summary>Puts an element at a place, where every thread of a group has the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetByFirst(int place, T value)
    {
        if (Group.IdxX == 0)
        {
            Set(place, value);
        }
    }
}
