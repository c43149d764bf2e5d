using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// The lengths of the inner three of the four dimensions that a kernel over tensors of any layout has at most, so made that a place is split into
/// coordinates without a division: one is costly on a GPU. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DeviceSpace
{
    internal DeviceDivisor Last;
    internal DeviceDivisor Third;
    internal DeviceDivisor Second;

    /// <summary>The coordinates of an element in row-major order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly DevicePlace PlaceOf(int index)
    {
        int rows = Last.Quotient(index);
        int planes = Third.Quotient(rows);
        int blocks = Second.Quotient(planes);
        return new DevicePlace
        {
            First = blocks,
            Second = planes - (blocks * Second.Divisor),
            Third = rows - (planes * Third.Divisor),
            Last = index - (rows * Last.Divisor),
        };
    }

    /// <summary>The coordinates of an element by its row, which is of the last dimension, and its place there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly DevicePlace PlaceOf(int row, int column)
    {
        int planes = Third.Quotient(row);
        int blocks = Second.Quotient(planes);
        return new DevicePlace { First = blocks, Second = planes - (blocks * Second.Divisor), Third = row - (planes * Third.Divisor), Last = column };
    }
}
