using System.ComponentModel;

namespace GraphWeaver.Kernels;

/// <summary>
/// The one question a kernel asks before it thinks of a device: whether a GPU backend may be on at all. It costs the read of a static. It starts
/// from <c>GRAPHWEAVER_BACKEND</c>, follows <see cref="GraphMode.Backend"/>, and is turned off by the backend that finds no device; but as long as results of any thread lie on a
/// device it stays on, since a kernel that did not ask would find the host's elements old. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DeviceSwitch
{
    /// <summary>Whether kernels are to offer themselves to a device.</summary>
    public static bool IsOn = GraphMode.Backend != Backend.Cpu;

    private static readonly Lock changing = new();
    private static bool isWanted = IsOn;
    private static int users;

    /// <summary>Says whether there is a device to offer kernels to.</summary>
    internal static void Want(bool wanted)
    {
        lock (changing)
        {
            isWanted = wanted;
            IsOn = isWanted || users > 0;
        }
    }

    /// <summary>Says that tensors of a thread lie on a device from now on.</summary>
    internal static void Enter()
    {
        lock (changing)
        {
            users++;
            IsOn = true;
        }
    }

    /// <summary>Says that they do not any more.</summary>
    internal static void Leave()
    {
        lock (changing)
        {
            users--;
            IsOn = isWanted || users > 0;
        }
    }
}
