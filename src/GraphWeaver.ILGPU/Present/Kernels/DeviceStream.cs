using System.Buffers;
using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// One session's way to a device: a stream of its own, so that threads do not wait for each other. Uploads do not wait for the device: the tensor's memory is held where it is until
/// <see cref="Wait"/>, and the stream has the kernels follow. Blocks given up are taken again down the same stream, and by others only behind <see cref="Wait"/>. A CUDA device reads only
/// page-locked memory by itself, so larger tensors go through a <see cref="StagingBuffer"/> there. Used by one thread at a time.
/// </summary>
internal sealed class DeviceStream(Accelerator accelerator, DeviceMemory memory, bool isStaged)
{
    private readonly List<MemoryHandle> pinned = [];
    private readonly HashSet<object> used = new(ReferenceEqualityComparer.Instance);
    private readonly List<DeviceBlock> spare = [];
    private StagingBuffer? staging;

    /// <summary>What kernels are put into.</summary>
    public AcceleratorStream Queue { get; } = accelerator.CreateStream();

    /// <summary>A block with room for so many bytes.</summary>
    /// <exception cref="AcceleratorException">The device has no more memory.</exception>
    public DeviceBlock Take(long bytes)
    {
        long size = DeviceMemory.SizeOf(bytes);
        int index = spare.FindIndex(block => block.Bytes == size);
        if (index < 0)
        {
            return memory.Take(bytes);
        }

        DeviceBlock taken = spare[index];
        spare.RemoveAt(index);
        return taken;
    }

    /// <summary>Gives a block up.</summary>
    public void Give(DeviceBlock block) => spare.Add(block);

    /// <summary>Has an object live until <see cref="Wait"/>, behind which all kernels launched before have ended.</summary>
    public void Hold(object owner) => used.Add(owner);

    /// <summary>Copies memory, which this unpins when it is done, to a block, before what is put into the queue afterwards.</summary>
    public unsafe void Upload(MemoryHandle host, DeviceBlock block, long bytes)
    {
        pinned.Add(host);
        if (isStaged && bytes > StagingBuffer.PartBytes)
        {
            // Its streams are others than the one whose kernels may still have to do with a block that was given up.
            Queue.Synchronize();
            (staging ??= new StagingBuffer(accelerator)).Upload((byte*)host.Pointer, block.View<byte>(bytes));
        }
        else
        {
            block.View<byte>(bytes).CopyFromCPUUnsafeAsync(Queue, ref *(byte*)host.Pointer, bytes);
        }
    }

    /// <summary>Copies a block's first bytes to memory that stays where it is, behind all that is in the queue.</summary>
    public unsafe void Download(DeviceBlock block, byte* host, long bytes)
    {
        if (isStaged && bytes > StagingBuffer.PartBytes)
        {
            Queue.Synchronize();
            (staging ??= new StagingBuffer(accelerator)).Download(block.View<byte>(bytes), host);
        }
        else
        {
            block.View<byte>(bytes).CopyToCPUUnsafeAsync(Queue, ref *host, bytes);
            Queue.Synchronize();
        }
    }

    /// <summary>Waits for all that is in the queue; then memory may move, tensors may die, and blocks are everybody's.</summary>
    public void Wait()
    {
        try
        {
            Queue.Synchronize();
            spare.ForEach(memory.Give);
        }
        finally
        {
            Abandon();
        }
    }

    /// <summary>Lets memory move and tensors die without waiting for a device that is lost, whose blocks are left to the driver.</summary>
    public void Abandon()
    {
        spare.Clear();
        used.Clear();
        pinned.ForEach(static handle => handle.Dispose());
        pinned.Clear();
    }
}
