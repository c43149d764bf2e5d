namespace GraphWeaver.Kernels;

/// <summary>One run of a kernel, its type erased: what <see cref="WorkerPool"/> hands to its threads.</summary>
internal readonly unsafe struct KernelJob(
    void* kernel,
    delegate*<void*, int, nint, nint, bool> execute,
    nint length,
    nint chunkSize,
    int chunks)
{
    /// <summary>The number of chunks, at most <see cref="KernelRunner.MaxChunks"/>.</summary>
    internal int Chunks => chunks;

    /// <summary>Runs one chunk.</summary>
    /// <returns>False when the kernel gave up.</returns>
    internal bool Execute(int chunk)
    {
        nint start = chunk * chunkSize;
        return execute(kernel, chunk, start, nint.Min(start + chunkSize, length));
    }
}
