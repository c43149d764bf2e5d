using System.Collections.Concurrent;
using global::ILGPU;
using global::ILGPU.Runtime;

namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// The memory of one device, for all threads. Freed blocks are kept, by size, and taken again: asking the driver waits for all kernels to end. Who gives a block up has waited for the kernels
/// that touch it, so it may go to another thread's stream. Where the driver has no more, what is kept is given back first.
/// </summary>
internal sealed class DeviceMemory(Accelerator accelerator)
{
    private const long SmallestBlock = 256;

    private readonly Lock changing = new();
    private readonly Dictionary<long, Stack<DeviceBlock>> free = [];
    private readonly ConcurrentQueue<DeviceBlock> later = [];

    // ILGPU's buffers free themselves in their finalizers: one that only a dying owner reaches would be gone before that gives it back.
    private readonly HashSet<DeviceBlock> all = [];

    /// <summary>The next size of which there are four for each power of two, so that a quarter is wasted at most.</summary>
    public static long SizeOf(long bytes)
    {
        long size = SmallestBlock;
        while (size < bytes)
        {
            size *= 2;
        }

        long step = size / 8;
        return size == SmallestBlock ? size : (bytes + step - 1) / step * step;
    }

    /// <summary>A block with room for so many bytes.</summary>
    /// <exception cref="AcceleratorException">The device has no more memory.</exception>
    public DeviceBlock Take(long bytes)
    {
        long size = SizeOf(bytes);
        lock (changing)
        {
            while (later.TryDequeue(out DeviceBlock? given))
            {
                Keep(given);
            }

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
    }

    /// <summary>Gives a block up.</summary>
    public void Give(DeviceBlock block)
    {
        lock (changing)
        {
            Keep(block);
        }
    }

    /// <summary>Gives a block up without waiting for anybody, from a finalizer for instance.</summary>
    public void GiveLater(DeviceBlock block) => later.Enqueue(block);

    private DeviceBlock Allocate(long size)
    {
        var block = new DeviceBlock(accelerator.Allocate1D<byte>(size));
        all.Add(block);
        return block;
    }

    private void Keep(DeviceBlock block)
    {
        if (!free.TryGetValue(block.Bytes, out Stack<DeviceBlock>? kept))
        {
            free.Add(block.Bytes, kept = new Stack<DeviceBlock>());
        }

        kept.Push(block);
    }

    /// <summary>Gives all blocks that nobody has back to the driver.</summary>
    private void Trim()
    {
        foreach (DeviceBlock block in free.Values.SelectMany(kept => kept))
        {
            block.Free();
            all.Remove(block);
        }

        free.Clear();
    }
}
