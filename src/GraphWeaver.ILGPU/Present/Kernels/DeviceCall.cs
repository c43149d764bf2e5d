using System.ComponentModel;
using System.Numerics.Tensors;
using GraphWeaver.Kernels;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// One kernel's way to a device: it is told the tensors, then runs, or says that the CPU has to. A thread has one, with the session of what
/// lies on the device. Nothing here throws for a reason of the device's, but <see cref="DeviceLostException"/> where what a kernel has written cannot be brought back. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class DeviceCall
{
    [ThreadStatic]
    private static DeviceCall? ofThread;

    private readonly DeviceSession session = new();
    private readonly List<DeviceSlot> slots = [];
    private DeviceCoordinates? coordinates;

    /// <summary>How elements become coordinates, of a call that was told a space.</summary>
    public DeviceSpace Space => coordinates!.Space;

    private bool HasSpans => slots.Exists(static slot => slot.IsSpan);

    /// <summary>Starts a call, of which the thread has one at a time.</summary>
    public static DeviceCall Begin()
    {
        DeviceCall call = ofThread ??= new DeviceCall();
        call.slots.Clear();
        call.coordinates = null;
        return call;
    }

    /// <summary>Whether so much work may pay on a device: with <see cref="Backend.Auto"/> not where the CPU has done it before any device has begun.</summary>
    /// <param name="length">The number of elements.</param>
    /// <param name="cost">The cost of an element in float additions.</param>
    /// <param name="bytes">The bytes of an element of every tensor.</param>
    public static bool MayPay(nint length, int cost, int bytes) =>
        GraphMode.Backend != Backend.Auto || CostModel.MayPay((long)length * cost, (long)length * bytes) || ofThread is { session.Stream: not null };

    /// <summary>Brings everything that this thread's kernels have written on a device back; what lies there is not good any more.</summary>
    public static void Synchronize()
    {
        if (ofThread is { } call)
        {
            call.session.Close();
        }
    }

    /// <summary>Forgets a tensor that nobody looks at any more.</summary>
    public static void Discard(object? tensor)
    {
        if (tensor is not null && ofThread is { session.Stream: not null } call)
        {
            call.session.Discard(tensor);
        }
    }

    /// <summary>Notes that nobody writes to a tensor: its copy stays on the device.</summary>
    public static void Keep(object? tensor)
    {
        if (DeviceSwitch.IsOn && tensor is not null)
        {
            Resident.Keep(tensor);
        }
    }

    /// <summary>Notes that a kernel writes to a tensor, on the device or on the CPU: it is an ordinary one from now on.</summary>
    public static void Forget(object? tensor)
    {
        if (tensor is not null)
        {
            Resident.Forget(tensor);
        }
    }

    /// <summary>Adds a tensor that the kernel reads, dense and of the shape of all.</summary>
    public void Read<T>(Tensor<T> tensor)
        where T : unmanaged => slots.Add(new DeviceSlot(new DeviceTensorOf<T>(tensor)));

    /// <summary>Adds a tensor that the kernel reads over a space.</summary>
    public void ReadOver<T>(Tensor<T> tensor, ref readonly KernelAccess access)
        where T : unmanaged => slots.Add(new DeviceSlot(new DeviceTensorOf<T>(tensor)) { Access = access });

    /// <summary>Adds elements of a span that the kernel reads, dense and of the shape of all. They are there for this kernel alone.</summary>
    /// <param name="first">The first element, which stays where it is until the kernel was run.</param>
    /// <param name="length">The number of elements.</param>
    public void ReadSpan<T>(ref T first, nint length)
        where T : unmanaged => slots.Add(new DeviceSlot(new DeviceSpanOf<T>(ref first, length)) { IsSpan = true });

    /// <summary>The same over a space.</summary>
    public void ReadSpanOver<T>(ref T first, ref readonly KernelAccess access)
        where T : unmanaged => slots.Add(new DeviceSlot(new DeviceSpanOf<T>(ref first, access.Highest + 1)) { Access = access, IsSpan = true });

    /// <summary>Has the kernel run over a space; every tensor that is read over it has been added.</summary>
    public void Over(ref readonly KernelSpace space) => coordinates = DeviceCoordinates.Of(in space, slots, isByRow: false);

    /// <summary>The same, with the last dimension by itself.</summary>
    public void OverRows(ref readonly KernelSpace space) => coordinates = DeviceCoordinates.Of(in space, slots, isByRow: true);

    /// <summary>Adds a dense tensor of which the kernel writes every element.</summary>
    public void Write<T>(Tensor<T> tensor)
        where T : unmanaged => slots.Add(new DeviceSlot(new DeviceTensorOf<T>(tensor)) { IsFresh = true, IsWritten = true });

    /// <summary>Has the kernel write over a tensor that was added, before results are.</summary>
    /// <param name="slot">The tensor's place.</param>
    /// <param name="isRead">Whether it reads the tensor too.</param>
    public void Overwrite(int slot, bool isRead)
    {
        // A dense tensor of as many elements as are written has no others.
        bool isFresh = !isRead && (coordinates?.Shape.Length ?? slots[slot].Tensor.Length) == slots[slot].Tensor.Length;
        slots[slot] = slots[slot] with { IsWritten = true, IsFresh = isFresh };
    }

    /// <summary>The elements of a slot's tensor.</summary>
    public DeviceView<T> View<T>(int slot)
        where T : unmanaged
    {
        DeviceTensor tensor = slots[slot].Tensor;
        return new DeviceView<T>(tensor.Block!.View<T>(tensor.Bytes));
    }

    /// <summary>The elements of a slot's tensor of Booleans.</summary>
    public DeviceMask Mask(int slot)
    {
        DeviceTensor tensor = slots[slot].Tensor;
        return new DeviceMask(tensor.Block!.View<byte>(tensor.Bytes));
    }

    /// <summary>How the kernel reaches a slot's tensor over the space.</summary>
    public DeviceAccess Access(int slot) => slots[slot].Place;

    /// <summary>Runs an element-wise kernel.</summary>
    /// <param name="kernel">The kernel with its scalars; it takes its tensors from this call.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="cost">The cost of an element in float additions.</param>
    /// <returns>False where the CPU has to do the work; then nothing of this thread's is on a device any more.</returns>
    public bool Run<TKernel>(TKernel kernel, nint length, int cost)
        where TKernel : struct, IDeviceKernel =>
        Run<TKernel>((long)length * cost, (device, stream) =>
        {
            kernel.Bind(this);
            return device.TryLaunch(stream, kernel, (int)length);
        });

    /// <summary>Runs an element-wise kernel over a space.</summary>
    /// <param name="kernel">The kernel with its scalars; it takes its tensors from this call.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="cost">The cost of an element in float additions.</param>
    /// <returns>False where the CPU has to do the work; then nothing of this thread's is on a device any more.</returns>
    public bool RunOver<TKernel>(TKernel kernel, nint length, int cost)
        where TKernel : struct, IDeviceSpaceKernel =>
        Run<TKernel>((long)length * cost, (device, stream) =>
        {
            kernel.Bind(this);
            return device.TryLaunchOver(stream, kernel, coordinates!);
        });

    /// <summary>Runs a kernel that reduces rows.</summary>
    /// <param name="kernel">The kernel with its scalars; it takes its tensors from this call.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="cost">The cost of an element in float additions.</param>
    /// <returns>False where the CPU has to do the work; then nothing of this thread's is on a device any more.</returns>
    public bool RunRows<TKernel>(TKernel kernel, nint length, int cost)
        where TKernel : struct, IDeviceRowKernel =>
        Run<TKernel>((long)length * cost, (device, stream) =>
        {
            kernel.Bind(this);
            return device.TryLaunchRows(stream, kernel, coordinates!);
        });

    private bool Run<TKernel>(long work, Func<Device, DeviceStream, bool> launch)
    {
        bool isDone = coordinates is not { IsRefused: true } && TryRun(typeof(TKernel), work, launch);
        slots.Clear();
        if (!isDone)
        {
            session.BringHome();
        }

        return isDone;
    }

    private bool TryRun(Type kernel, long work, Func<Device, DeviceStream, bool> launch)
    {
        if (Devices.For(work, slots) is not { } device)
        {
            return false;
        }

        session.Leave(device);
        try
        {
            if (!TryResolve() || (GraphMode.Backend == Backend.Auto && !Pays(device, kernel, work)) || session.Open(device) is not { } stream)
            {
                return false;
            }

            Upload(device, stream);
            if (!(GraphMode.Backend == Backend.Auto ? device.Timed(kernel, work, stream, launch) : launch(device, stream)))
            {
                return false;
            }

            foreach (DeviceSlot slot in slots)
            {
                if (slot.IsWritten)
                {
                    Note(slot);
                }
            }

            // A span has no object to be known by, and its memory may move when the caller goes on.
            if (HasSpans)
            {
                session.BringHome();
            }

            return true;
        }
        catch (Exception exception) when (exception is not DeviceLostException)
        {
            device.Fail(exception, session.Stream);
            return false;
        }
    }

    /// <summary>Puts copies that are there in the slots' place.</summary>
    /// <returns>False where two tensors of the call share memory and one is written.</returns>
    private bool TryResolve()
    {
        for (int index = 0; index < slots.Count; index++)
        {
            DeviceSlot slot = slots[index];
            slot.Resident = Resident.Of(slot.Tensor.Tensor);
            if (session.HasOverlap(slot.Tensor))
            {
                session.BringHome();
            }

            for (int other = 0; other < index; other++)
            {
                if (slots[other].Tensor.Tensor == slot.Tensor.Tensor)
                {
                    slot.Tensor = slots[other].Tensor;
                }
                else if ((slot.IsWritten || slots[other].IsWritten) && slots[other].Tensor.Overlaps(slot.Tensor))
                {
                    return false;
                }
            }

            slots[index] = slot;
        }

        for (int index = 0; index < slots.Count; index++)
        {
            DeviceSlot slot = slots[index];
            if (session.Find(slot.Tensor) is { } known)
            {
                slots[index] = slot with { Tensor = known, Resident = null };
            }
        }

        return true;
    }

    /// <summary>
    /// Whether the device is to take a kernel. What it saves there is set against what has to be moved, for this session, and against what lasts: the compilation, and tensors that stay. Where one
    /// call does not pay for them, calls save up.
    /// </summary>
    private bool Pays(Device device, Type kernel, long work)
    {
        (long bytes, long upload, long lasting, long download) = (0, 0, 0, 0);
        foreach (DeviceSlot slot in slots.DistinctBy(slot => slot.Tensor))
        {
            long size = slot.Tensor.Bytes;
            bytes += size;
            upload += slot.IsFresh || slot.Tensor.Block is not null || slot.Resident is not null ? 0 : size;
            lasting += slot.Resident is { } resident && !resident.IsOn(device) ? size : 0;
            download += slot.IsWritten && slot.Tensor.Written.Count == 0 ? size : 0;
        }

        CostModel cost = device.Cost;
        KernelRecord record = device.RecordOf(kernel);
        double onDevice = record.SecondsOfWork is { } measured ? Math.Max(measured * work, cost.LaunchSeconds) : cost.LaunchSeconds + cost.DeviceSeconds(work, bytes);
        double gain = CostModel.CpuSeconds(work, bytes) + session.SecondsOfReturn(cost) - onDevice;
        double transfers = cost.TransferSeconds(upload, download);
        if (HasSpans)
        {
            // The next kernel finds nothing there.
            (gain, transfers) = (gain - transfers, 0);
        }

        return gain > 0 && session.Affords(kernel, gain, transfers)
            && record.Affords(gain > transfers ? gain - transfers : gain, cost.TransferSeconds(lasting, 0) + (record.IsCompiled ? 0 : device.CompileSeconds));
    }

    private void Upload(Device device, DeviceStream stream)
    {
        // What is read too has to be uploaded before room is made for it as a result.
        foreach (DeviceSlot slot in slots)
        {
            if (slot.Resident is { } resident)
            {
                resident.Lend(slot.Tensor, device, stream);
            }
            else if (!slot.IsFresh)
            {
                slot.Tensor.Upload(device, stream);
                Add(slot.Tensor);
            }
        }

        foreach (DeviceSlot slot in slots)
        {
            if (slot.IsFresh)
            {
                slot.Tensor.Allocate(stream);
                Add(slot.Tensor);
            }
        }

        void Add(DeviceTensor tensor)
        {
            if (session.Find(tensor) is null)
            {
                session.Add(tensor);
            }
        }
    }

    private void Note(DeviceSlot slot)
    {
        WrittenElements written = coordinates is { } over && !slot.IsFresh ? new WrittenElements(over.Shape, slot.Place) : WrittenElements.All;
        if (!slot.Tensor.Written.Contains(written))
        {
            slot.Tensor.Written.Add(written);
        }
    }
}
