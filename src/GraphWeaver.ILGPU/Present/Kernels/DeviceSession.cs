using GraphWeaver.Kernels;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// The tensors that have copies on a device for a run of kernels of one thread, between which nothing else looks at tensors: the weaver calls
/// <see cref="Close"/> before anything else does. So a result that only the next kernel reads never leaves the device, and nothing is uploaded twice. It begins with the first kernel
/// that a device takes, with a stream of its own.
/// </summary>
internal sealed class DeviceSession
{
    private readonly List<DeviceTensor> tensors = [];
    private readonly Dictionary<Type, double> waited = [];
    private Device? device;

    /// <summary>The stream; null where nothing was begun.</summary>
    public DeviceStream? Stream { get; private set; }

    /// <summary>Ends what was begun with another device.</summary>
    /// <exception cref="DeviceLostException">What kernels have written cannot be brought back.</exception>
    public void Leave(Device next)
    {
        if (device != next)
        {
            BringHome();
        }
    }

    /// <summary>Begins, or goes on.</summary>
    /// <returns>The stream; null where the device is given up.</returns>
    public DeviceStream? Open(Device next)
    {
        if (Stream is null && next.Open() is { } stream)
        {
            (device, Stream) = (next, stream);
            DeviceSwitch.Enter();
        }

        return Stream;
    }

    /// <summary>The copy of a tensor, if there is one.</summary>
    public DeviceTensor? Find(DeviceTensor tensor) => tensors.Find(other => other.Tensor == tensor.Tensor);

    /// <summary>Whether another tensor that has a copy has memory of this one.</summary>
    public bool HasOverlap(DeviceTensor tensor) => tensors.Exists(other => other.Tensor != tensor.Tensor && other.Overlaps(tensor));

    public void Add(DeviceTensor tensor) => tensors.Add(tensor);

    /// <summary>What it would take to bring all home for a kernel on the CPU, and there again for the next one.</summary>
    public double SecondsOfReturn(CostModel cost) =>
        cost.TransferSeconds(tensors.Sum(tensor => tensor.Bytes), tensors.Sum(tensor => tensor.Written.Count > 0 ? tensor.Bytes : 0));

    /// <summary>
    /// Whether what a kernel would have to move is worth the time it saves there. It is once as much time was lost without it: a loop's next turns find the tensors there.
    /// </summary>
    public bool Affords(Type kernel, double gain, double price)
    {
        double sum = waited.GetValueOrDefault(kernel) + gain;
        waited[kernel] = sum;
        return sum >= price;
    }

    /// <summary>Brings back all that kernels have written, gives up all copies, and begins a new count of what was lost.</summary>
    /// <exception cref="DeviceLostException">What kernels have written cannot be brought back.</exception>
    public void Close()
    {
        waited.Clear();
        BringHome();
    }

    /// <summary>Brings back all that kernels have written and gives up all copies.</summary>
    /// <exception cref="DeviceLostException">What kernels have written cannot be brought back.</exception>
    public void BringHome()
    {
        if (Stream is not { } stream)
        {
            return;
        }

        Device from = device!;
        if (from.Loss is null)
        {
            TryDownload(from, stream);
        }

        bool isLost = tensors.Exists(tensor => tensor.Written.Count > 0);
        tensors.ForEach(tensor => tensor.Release(stream));
        tensors.Clear();
        (device, Stream) = (null, null);
        from.Close(stream);
        DeviceSwitch.Leave();
        if (isLost)
        {
            throw new DeviceLostException($"{from.Description.Name} has failed, and results of kernels with it.", from.Loss);
        }
    }

    /// <summary>Gives up the copy of a tensor that nobody looks at any more.</summary>
    public void Discard(object tensor)
    {
        if (tensors.Find(other => other.Tensor == tensor) is { } known)
        {
            known.Release(Stream!);
            tensors.Remove(known);
        }
    }

    private void TryDownload(Device from, DeviceStream stream)
    {
        try
        {
            foreach (DeviceTensor tensor in tensors)
            {
                tensor.Download(from, stream);
            }

            stream.Wait();
        }
        catch (Exception exception)
        {
            from.Lose(exception);
        }
    }
}
