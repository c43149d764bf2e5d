using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// The rows of two dimensions, which nearly all spaces come to. They need no splitting; and PoCL makes vectors of threads only where a thread's own places do not look to it
/// as if they should be computed in vectors, which four products do.
/// </summary>
public readonly struct PlaneRows : IDeviceRows
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DevicePlace PlaceOf(DeviceSpace space, int row, int column) => new() { Third = row, Last = column };
}
