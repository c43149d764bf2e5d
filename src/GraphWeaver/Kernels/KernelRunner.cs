using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels;

/// <summary>
/// Runs a kernel over its elements in chunks, on the calling thread and, where there is enough work, on the threads of <see cref="WorkerPool"/>.
/// The chunks depend on the length and the cost alone, never on the number of threads, so that a reduction that combines one partial
/// result per chunk in order gives the same bits on every machine. Nothing is allocated. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class KernelRunner
{
    /// <summary>The largest number of chunks of one run: the room a reduction needs for partial results.</summary>
    public const int MaxChunks = 64;

    // Work of one chunk, in float additions: some 4 microseconds, eight times the hand-over of a chunk to a waiting thread.
    internal const long ChunkWork = 49_152;

    // Chunks of elements start at multiples of four AVX-512 vectors of float: only the last chunk has a tail.
    private const nint ElementAlignment = 64;

    /// <summary>The number of chunks that <see cref="Run{TKernel}(ref TKernel, nint, int)"/> makes; 0 when there are no elements.</summary>
    /// <param name="length">The number of elements.</param>
    /// <param name="cost">The cost of one element in float additions; 0 makes one chunk, for a kernel to which the order of all elements matters.</param>
    /// <returns>A number from 0 to <see cref="MaxChunks"/>.</returns>
    public static int ChunkCount(nint length, int cost) => ChunkCount(length, cost, ElementAlignment);

    /// <summary>The number of chunks that <see cref="RunRows"/> makes; 0 when there are no rows.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="cost">The cost of one row in float additions, at least 1.</param>
    /// <returns>A number from 0 to <see cref="MaxChunks"/>.</returns>
    public static int RowChunkCount(nint rows, int cost) => ChunkCount(rows, cost, 1);

    /// <summary>Runs <paramref name="kernel"/> over <paramref name="length"/> elements; chunks start at multiples of 64 elements.</summary>
    /// <typeparam name="TKernel">The kernel: a struct, by-reference fields allowed; it is passed to other threads by its address.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="cost">The cost of one element in float additions; 0 makes one chunk, for a kernel to which the order of all elements matters.</param>
    /// <returns>False when a chunk gave up. An exception of a chunk is thrown once every started chunk has ended.</returns>
    public static bool Run<TKernel>(ref TKernel kernel, nint length, int cost)
        where TKernel : struct, IKernel, allows ref struct =>
        Run(ref kernel, length, cost, ElementAlignment);

    /// <summary>Runs <paramref name="kernel"/> over <paramref name="rows"/> rows, which are not divided; chunks start at any row.</summary>
    /// <typeparam name="TKernel">The kernel, as for <see cref="Run{TKernel}(ref TKernel, nint, int)"/>; its start and end count rows.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="cost">The cost of one row in float additions, at least 1.</param>
    /// <returns>False when a chunk gave up. An exception of a chunk is thrown once every started chunk has ended.</returns>
    public static bool RunRows<TKernel>(ref TKernel kernel, nint rows, int cost)
        where TKernel : struct, IKernel, allows ref struct =>
        Run(ref kernel, rows, cost, 1);

    private static int ChunkCount(nint length, int cost, nint alignment)
    {
        if (length <= 0)
        {
            return 0;
        }

        nint size = ChunkSize(length, WantedChunks((long)cost * length), alignment);
        return (int)((length + size - 1) / size);
    }

    // An even number: three chunks keep two threads as long as four.
    private static int WantedChunks(long work)
    {
        int chunks = (int)Math.Clamp(work / ChunkWork, 1, MaxChunks);
        return chunks == 1 ? 1 : (chunks + 1) & ~1;
    }

    private static nint ChunkSize(nint length, int chunks, nint alignment)
    {
        nint size = (length + chunks - 1) / chunks;
        return (size + alignment - 1) / alignment * alignment;
    }

    private static bool Run<TKernel>(ref TKernel kernel, nint length, int cost, nint alignment)
        where TKernel : struct, IKernel, allows ref struct
    {
        int chunks = ChunkCount(length, cost, alignment);
        if (chunks <= 1)
        {
            return chunks == 0 || kernel.Execute(0, 0, length);
        }

        nint size = ChunkSize(length, chunks, alignment);
        int threads = GraphMode.MaxThreads;
        if (threads > 1)
        {
            // Generated kernels live on the stack; pinning makes the address good wherever the struct is, at no cost.
            fixed (byte* address = &Unsafe.As<TKernel, byte>(ref kernel))
            {
                var job = new KernelJob(address, &Execute<TKernel>, length, size, chunks);
                if (WorkerPool.TryRun(job, threads, (long)cost * length, out bool completed))
                {
                    return completed;
                }
            }
        }

        for (int chunk = 0; chunk < chunks; chunk++)
        {
            nint start = chunk * size;
            if (!kernel.Execute(chunk, start, nint.Min(start + size, length)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Execute<TKernel>(void* kernel, int chunk, nint start, nint end)
        where TKernel : struct, IKernel, allows ref struct =>
        Unsafe.AsRef<TKernel>(kernel).Execute(chunk, start, end);
}
