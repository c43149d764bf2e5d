using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>The rows of up to four dimensions.</summary>
public readonly struct SpaceRows : IDeviceRows
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DevicePlace PlaceOf(DeviceSpace space, int row, int column) => space.PlaceOf(row, column);
}
