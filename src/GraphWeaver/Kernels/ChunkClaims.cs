namespace GraphWeaver.Kernels;

/// <summary>
/// Which chunks of the pool's job are left, and whose they are: affinity scheduling (Markatos and LeBlanc, 1994). Every thread has an equal share of
/// neighbouring chunks, the same one in each job of so many chunks, and takes from its front; with nothing left of its own it takes from the end of
/// another's. Of a loop of kernels over the same tensors each thread so finds what it wrote last in its own caches: where two processors share none
/// (a host may put those of a virtual machine anywhere), a line the other one wrote takes ten times as long to come as one from memory.
/// A share is one word: its next chunk in bits 0 to 7, its end in bits 8 to 15, the threads allowed in bits 16 to 23, the number of the job above. One
/// compare-and-swap both tests that the job is still the current one and takes a chunk of it, and a job with a taken chunk cannot end under the taker.
/// Between jobs all shares are empty.
/// </summary>
internal sealed class ChunkClaims
{
    private const int EndShift = 8;
    private const int ThreadShift = 16;
    private const int JobShift = 24;
    private const long FieldMask = 0xFF;
    private const long RangeMask = (1L << ThreadShift) - 1;

    // Each share on a cache line (pair) of its own: claims by one thread must not slow the others' polling of theirs.
    private const int Stride = 128 / sizeof(long);

    private readonly long[] shares = new long[(KernelRunner.MaxChunks + 1) * Stride];
    private int threadCount;

    /// <summary>Deals out the chunks of a new job; a full memory barrier. All shares are empty before.</summary>
    /// <param name="chunks">The number of chunks, at most <see cref="KernelRunner.MaxChunks"/>.</param>
    /// <param name="threads">The number of threads, at most as many.</param>
    internal void Publish(int chunks, int threads)
    {
        Volatile.Write(ref threadCount, threads);
        long head = (((Share(0) >> JobShift) + 1) << JobShift) | ((long)threads << ThreadShift);
        int next = 0;
        for (int thread = 0; thread < threads; thread++)
        {
            int end = chunks * (thread + 1) / threads;
            Volatile.Write(ref Share(thread), head | ((long)end << EndShift) | (long)next);
            next = end;
        }

        Interlocked.MemoryBarrier();
    }

    /// <summary>Takes a chunk for <paramref name="thread"/>, where one is left that it may take.</summary>
    internal bool TryClaim(int thread, out int chunk)
    {
        if (TryTakeFirst(thread, out chunk))
        {
            return true;
        }

        int threads = Volatile.Read(ref threadCount);
        for (int i = 1; i < threads; i++)
        {
            if (TryTakeLast((thread + i) % threads, thread, out chunk))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether chunks are left of the share of <paramref name="thread"/>: all that a waiting thread polls.</summary>
    internal bool HasShare(int thread) => IsOpenTo(thread, Volatile.Read(ref Share(thread)));

    /// <summary>Whether any chunk is left that <paramref name="thread"/> may take.</summary>
    internal bool HasAny(int thread)
    {
        int threads = Volatile.Read(ref threadCount);
        for (int owner = 0; owner < threads; owner++)
        {
            if (IsOpenTo(thread, Volatile.Read(ref Share(owner))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes all chunks that are left, in order that nobody runs them; for a thread that has taken one, so that the job is the current one.</summary>
    /// <returns>How many they were.</returns>
    internal int TakeTheRest()
    {
        int rest = 0;
        for (int owner = 0; owner < Volatile.Read(ref threadCount); owner++)
        {
            long share = Interlocked.And(ref Share(owner), ~RangeMask);
            rest += End(share) - Next(share);
        }

        return rest;
    }

    private bool TryTakeFirst(int thread, out int chunk)
    {
        ref long share = ref Share(thread);
        for (long seen = Volatile.Read(ref share); IsOpenTo(thread, seen);)
        {
            long found = Interlocked.CompareExchange(ref share, seen + 1, seen);
            if (found == seen)
            {
                chunk = Next(seen);
                return true;
            }

            seen = found;
        }

        chunk = 0;
        return false;
    }

    private bool TryTakeLast(int owner, int thread, out int chunk)
    {
        ref long share = ref Share(owner);
        for (long seen = Volatile.Read(ref share); IsOpenTo(thread, seen);)
        {
            long found = Interlocked.CompareExchange(ref share, seen - (1L << EndShift), seen);
            if (found == seen)
            {
                chunk = End(seen) - 1;
                return true;
            }

            seen = found;
        }

        chunk = 0;
        return false;
    }

    // The first line stays free: what lies before the array is others'.
    private ref long Share(int thread) => ref shares[(thread + 1) * Stride];

    private static bool IsOpenTo(int thread, long share) => Next(share) < End(share) && thread < ((share >> ThreadShift) & FieldMask);

    private static int Next(long share) => (int)(share & FieldMask);

    private static int End(long share) => (int)((share >> EndShift) & FieldMask);
}
