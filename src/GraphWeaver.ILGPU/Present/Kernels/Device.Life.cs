using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <content>
/// From the first session to the end: a device that was given back, or has failed, takes no new session, and its accelerator is disposed of when the last session has ended.
/// </content>
internal sealed partial class Device
{
    private const int ProbeBytes = 256;

    private readonly Lock opening = new();
    private readonly Stack<DeviceStream> idle = [];
    private readonly MemoryBuffer1D<byte, Stride1D.Dense> probe = accelerator.Allocate1D<byte>(ProbeBytes);
    private int open;
    private bool isRetired;

    /// <summary>Why the device is lost; null as long as it is not.</summary>
    public Exception? Loss { get; private set; }

    /// <summary>Begins a session.</summary>
    /// <returns>Its stream; null where there are no more sessions.</returns>
    public DeviceStream? Open()
    {
        lock (opening)
        {
            if (isRetired)
            {
                return null;
            }

            DeviceStream stream = idle.TryPop(out DeviceStream? known) ? known : new DeviceStream(accelerator, Memory, accelerator.AcceleratorType == AcceleratorType.Cuda);
            open++;
            return stream;
        }
    }

    /// <summary>Ends a session, which has waited for its kernels.</summary>
    public void Close(DeviceStream stream)
    {
        if (Loss is null)
        {
            stream.Wait();
        }
        else
        {
            stream.Abandon();
        }

        lock (opening)
        {
            open--;
            idle.Push(stream);
            DisposeUnused();
        }
    }

    /// <summary>Takes no new sessions.</summary>
    public void Retire()
    {
        lock (opening)
        {
            if (!isRetired)
            {
                isRetired = true;
                DisposeUnused();
            }
        }
    }

    /// <summary>Notes that a kernel, a copy or an allocation has failed. A device that does not even copy any more is lost.</summary>
    public void Fail(Exception exception, DeviceStream? stream)
    {
        if (IsDisposed())
        {
            // Given back by another thread before a session of this one began: nothing has failed.
            return;
        }

        if (Answers(stream))
        {
            DeviceLog.Say($"{accelerator.Name} failed, the CPU goes on: {DeviceLog.Reason(exception)}");
        }
        else
        {
            Lose(exception);
        }
    }

    /// <summary>Notes that nothing can be had from the device any more.</summary>
    public void Lose(Exception exception)
    {
        Loss ??= exception;
        DeviceLog.Say($"{description.Name} is lost, kernels run on the CPU from now on: {DeviceLog.Reason(exception)}");
        Retire();
        Devices.Drop(this);
    }

    private bool IsDisposed()
    {
        lock (opening)
        {
            return isRetired && open == 0;
        }
    }

    private bool Answers(DeviceStream? stream)
    {
        try
        {
            stream?.Queue.Synchronize();
            byte[] pattern = new byte[ProbeBytes];
            Random.Shared.NextBytes(pattern);
            byte[] answer = new byte[ProbeBytes];
            probe.CopyFromCPU(pattern);
            probe.CopyToCPU(answer);
            return pattern.AsSpan().SequenceEqual(answer);
        }
        catch (Exception)
        {
            // Whatever it says: it is no answer.
            return false;
        }
    }

    private void DisposeUnused()
    {
        if (isRetired && open == 0)
        {
            try
            {
                accelerator.Dispose();
                context.Dispose();
            }
            catch (Exception exception)
            {
                // A driver that has lost its device may refuse; the process's end frees the rest.
                DeviceLog.Say($"{description.Name} could not be given back: {exception.Message}");
            }
        }
    }
}
