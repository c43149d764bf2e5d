namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// The tensors that have copies on a device for a run of kernels of one thread, between which nothing else looks at tensors: the weaver calls
/// <see cref="Close"/> before anything else does. So a result that only the next kernel reads never leaves the device, and nothing is uploaded twice.
/// </summary>
internal sealed class DeviceSession
{
    private readonly List<DeviceTensor> tensors = [];
    private Device? device;

    /// <summary>Whether there is nothing to close.</summary>
    public bool IsEmpty => tensors.Count == 0;

    /// <summary>Begins or goes on with a device; one begun with another is closed.</summary>
    public void Use(Device next)
    {
        if (device != next)
        {
            Close();
            device = next;
        }
    }

    /// <summary>The copy of a tensor, if there is one.</summary>
    public DeviceTensor? Find(DeviceTensor tensor) => tensors.Find(other => other.Tensor == tensor.Tensor);

    /// <summary>Whether another tensor that has a copy has memory of this one.</summary>
    public bool HasOverlap(DeviceTensor tensor) => tensors.Exists(other => other.Tensor != tensor.Tensor && other.Overlaps(tensor));

    public void Add(DeviceTensor tensor) => tensors.Add(tensor);

    /// <summary>Brings back all that kernels have written and gives up all copies.</summary>
    public void Close()
    {
        if (device is null || IsEmpty)
        {
            return;
        }

        lock (device.Lock)
        {
            foreach (DeviceTensor tensor in tensors)
            {
                tensor.Download(device);
                tensor.Release(device);
            }

            tensors.Clear();
        }
    }

    /// <summary>Gives up the copy of a tensor that nobody looks at any more.</summary>
    public void Discard(object tensor)
    {
        if (tensors.Find(other => other.Tensor == tensor) is { } known)
        {
            lock (device!.Lock)
            {
                known.Release(device);
                tensors.Remove(known);
            }
        }
    }
}
