using System.Collections.Concurrent;
using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// The memory of one device. Freed blocks are kept, by size, and taken again: asking the driver waits for all kernels to end. Work goes down one
/// stream, so a block that is taken again is not touched before the kernels launched earlier have done with it. Where the driver has no more, what is
/// kept is given back first. Used under the device's lock.
/// </summary>
internal sealed class DeviceMemory(Accelerator accelerator)
{
    private const long SmallestBlock = 256;

    private readonly Dictionary<long, Stack<DeviceBlock>> free = [];
    private readonly ConcurrentQueue<DeviceBlock> later = [];

    // ILGPU's buffers free themselves in their finalizers: one that only a dying owner reaches would be gone before that gives it back.
    private readonly HashSet<DeviceBlock> all = [];

    /// <summary>A block with room for so many bytes.</summary>
    /// <exception cref="AcceleratorException">The device has no more memory.</exception>
    public DeviceBlock Take(long bytes)
    {
        while (later.TryDequeue(out DeviceBlock? given))
        {
            Give(given);
        }

        long size = SizeOf(bytes);
        if (free.TryGetValue(size, out Stack<DeviceBlock>? kept) && kept.TryPop(out DeviceBlock? block))
        {
            return block;
        }

        try
        {
            return Allocate(size);
        }
        catch (Exception exception) when (exception is AcceleratorException or OutOfMemoryException)
        {
            Trim();
            return Allocate(size);
        }
    }

    /// <summary>Gives a block up.</summary>
    public void Give(DeviceBlock block)
    {
        if (!free.TryGetValue(block.Bytes, out Stack<DeviceBlock>? kept))
        {
            free.Add(block.Bytes, kept = new Stack<DeviceBlock>());
        }

        kept.Push(block);
    }

    /// <summary>Gives a block up without the device's lock, from a finalizer for instance.</summary>
    public void GiveLater(DeviceBlock block) => later.Enqueue(block);

    /// <summary>Gives all blocks that nobody has back to the driver.</summary>
    public void Trim()
    {
        accelerator.Synchronize();
        foreach (DeviceBlock block in free.Values.SelectMany(kept => kept))
        {
            block.Free();
            all.Remove(block);
        }

        free.Clear();
    }

    private DeviceBlock Allocate(long size)
    {
        var block = new DeviceBlock(accelerator.Allocate1D<byte>(size));
        all.Add(block);
        return block;
    }

    /// <summary>The next size of which there are four for each power of two, so that a quarter is wasted at most.</summary>
    private static long SizeOf(long bytes)
    {
        long size = SmallestBlock;
        while (size < bytes)
        {
            size *= 2;
        }

        long step = size / 8;
        return size == SmallestBlock ? size : (bytes + step - 1) / step * step;
    }
}
