using System.Runtime.CompilerServices;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// A tensor that nobody writes to, a constant of the build or one the user vouches for: its copy stays on the device from call to call, of all threads, as long as the tensor lives. A
/// kernel that writes to it all the same makes it an ordinary tensor again.
/// </summary>
internal sealed class Resident
{
    private static readonly ConditionalWeakTable<object, Resident> residents = [];

    // Most programs have none, and their kernels need not look.
    private static volatile bool hasAny;

    private Device? device;
    private DeviceBlock? block;

    ~Resident()
    {
        if (block is { } own)
        {
            device!.Memory.GiveLater(own);
        }
    }

    /// <summary>Notes that nobody writes to a tensor.</summary>
    public static void Keep(object tensor)
    {
        if (!residents.TryGetValue(tensor, out _))
        {
            hasAny = true;
            residents.TryAdd(tensor, new Resident());
        }
    }

    /// <summary>Makes a tensor an ordinary one. Its copy lives on until the kernels at work that read it have ended, whose streams hold this.</summary>
    public static void Forget(object tensor)
    {
        if (hasAny)
        {
            residents.Remove(tensor);
        }
    }

    /// <summary>What was noted of a tensor; null where nothing was.</summary>
    public static Resident? Of(object tensor) => residents.TryGetValue(tensor, out Resident? resident) ? resident : null;

    /// <summary>Whether a device has the copy.</summary>
    public bool IsOn(Device asked) => device == asked && block is not null;

    /// <summary>Gives a tensor of a call the copy, which is made where there is none, and is there for every stream when this returns.</summary>
    public void Lend(DeviceTensor tensor, Device asked, DeviceStream stream)
    {
        lock (this)
        {
            if (!IsOn(asked))
            {
                tensor.Upload(asked, stream);
                stream.Queue.Synchronize();
                (device, block) = (asked, tensor.Block);
            }

            tensor.Borrow(block!);
        }

        stream.Hold(this);
    }
}
