using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels;

/// <summary>
/// The threads that help a caller with its kernel: one job at a time, its chunks claimed one by one by the caller and by every worker that
/// is awake in time, so that a late or busy worker costs nothing. Who finds the pool taken (a nested run, a second caller) is told so and
/// runs its kernel itself: nobody ever waits for the pool, and no deadlock is possible. Waiting is a short spin, then sleep: a longer spin
/// collapses when other processes need the core. A sleeping worker is woken for a job that repays it, and for the next of many small jobs that come
/// so closely that the worker, once awake, stays so.
/// Before: the kernel and its job are on the caller's stack. After: no thread holds a reference to them, whatever happened.
/// </summary>
internal static class WorkerPool
{
    // The claim word: unclaimed chunks in bits 0-7, threads allowed in bits 8-15, the number of the job above. One compare-and-swap both
    // tests that the job is still the current one and takes a chunk of it, and a job with a taken chunk cannot end under the taker.
    private const int ThreadShift = 8;
    private const int JobShift = 16;
    private const long FieldMask = 0xFF;

    // The sign bit of Outstanding: the caller sleeps and wants to be woken by whoever finishes the last chunk.
    private const int CallerSleeps = int.MinValue;

    // Work worth waking a sleeping thread for: some 80 microseconds, where waking costs the caller about 20 and comes as late.
    private const long WakeWork = 16 * KernelRunner.ChunkWork;

    // Work of small jobs in close succession worth waking for: should they end just then, the waking has cost them a tenth.
    private const long SustainedWork = 3 * WakeWork;

    private static readonly long SpinTicks = Stopwatch.Frequency / 100_000;
    private static readonly object CallerGate = new();
    private static readonly Worker?[] Workers = new Worker?[KernelRunner.MaxChunks - 1];

    private static SharedState state;
    private static KernelJob job;
    private static ExceptionDispatchInfo? error;
    private static bool gaveUp;
    private static int taken;
    private static int workerCount;
    private static long lastEnd;
    private static long recentWork;
    private static bool canStartThreads = true;

    /// <summary>Runs <paramref name="newJob"/> on the calling thread and on the pool's.</summary>
    /// <param name="newJob">The job, of at least two chunks.</param>
    /// <param name="threads">The largest number of threads, the caller included.</param>
    /// <param name="work">The work of all chunks in float additions: where it is too little to start and wake workers for, those that happen to be awake help.</param>
    /// <param name="completed">True when every chunk ran and none gave up.</param>
    /// <returns>False when the pool is taken: nothing was run.</returns>
    internal static bool TryRun(KernelJob newJob, int threads, long work, out bool completed)
    {
        completed = false;
        if (Interlocked.CompareExchange(ref taken, 1, 0) != 0)
        {
            return false;
        }

        threads = Math.Min(threads, newJob.Chunks);
        bool wake = IsWorthWaking(work);
        if (wake)
        {
            StartWorkers(threads - 1);
        }

        Publish(newJob, threads);
        bool interrupted = wake && WakeWorkers(Math.Min(threads - 1, workerCount));

        TakePart(thread: 0);
        interrupted |= WaitForWorkers();
        completed = !gaveUp;
        ExceptionDispatchInfo? failure = error;
        lastEnd = Stopwatch.GetTimestamp();
        Volatile.Write(ref taken, 0);
        if (interrupted)
        {
            Thread.CurrentThread.Interrupt();
        }

        failure?.Throw();
        return true;
    }

    /// <summary>Runs chunks of the current job until none is left that <paramref name="thread"/> may take.</summary>
    /// <param name="thread">0 for the caller, from 1 for the workers.</param>
    internal static void TakePart(int thread)
    {
        while (TryClaim(thread, out int unclaimed))
        {
            int finished = 1;
            if (!TryExecute(job.Chunks - unclaimed))
            {
                Volatile.Write(ref gaveUp, true);
                finished += ClaimTheRest();
            }

            if (Interlocked.Add(ref state.Outstanding, -finished) == CallerSleeps)
            {
                lock (CallerGate)
                {
                    Monitor.Pulse(CallerGate);
                }
            }
        }
    }

    /// <summary>Whether the current job has a chunk that <paramref name="thread"/> may take.</summary>
    internal static bool HasWork(int thread) => MayClaim(Volatile.Read(ref state.Claim), thread);

    /// <summary>Spins some ten microseconds for work.</summary>
    /// <returns>False when none came.</returns>
    internal static bool SpinForWork(int thread)
    {
        long start = Stopwatch.GetTimestamp();
        while (!HasWork(thread))
        {
            if (Stopwatch.GetTimestamp() - start > SpinTicks)
            {
                return false;
            }

            Thread.SpinWait(1);
        }

        return true;
    }

    private static bool IsWorthWaking(long work)
    {
        recentWork = Stopwatch.GetTimestamp() - lastEnd < SpinTicks ? recentWork + work : work;
        return work >= WakeWork || recentWork >= SustainedWork;
    }

    private static void StartWorkers(int count)
    {
        while (workerCount < count && canStartThreads)
        {
            try
            {
                Workers[workerCount] = Worker.Start(workerCount + 1);
                workerCount++;
            }
            catch (Exception e) when (e is OutOfMemoryException or ThreadStartException or PlatformNotSupportedException)
            {
                canStartThreads = false;
            }
        }
    }

    private static void Publish(KernelJob newJob, int threads)
    {
        job = newJob;
        error = null;
        gaveUp = false;
        state.Outstanding = newJob.Chunks;
        long number = (state.Claim >> JobShift) + 1;
        Interlocked.Exchange(ref state.Claim, (number << JobShift) | ((long)threads << ThreadShift) | (long)newJob.Chunks);
    }

    // An interrupt of the calling thread must not unwind it: workers may use its stack. It is delivered after the run.
    private static bool WakeWorkers(int count)
    {
        try
        {
            for (int i = 0; i < count; i++)
            {
                Workers[i]!.WakeIfAsleep();
            }

            return false;
        }
        catch (ThreadInterruptedException)
        {
            return true;
        }
    }

    private static bool MayClaim(long claim, int thread) =>
        (claim & FieldMask) != 0 && thread < ((claim >> ThreadShift) & FieldMask);

    private static bool TryClaim(int thread, out int unclaimed)
    {
        long claim = Volatile.Read(ref state.Claim);
        while (MayClaim(claim, thread))
        {
            long seen = Interlocked.CompareExchange(ref state.Claim, claim - 1, claim);
            if (seen == claim)
            {
                unclaimed = (int)(claim & FieldMask);
                return true;
            }

            claim = seen;
        }

        unclaimed = 0;
        return false;
    }

    private static int ClaimTheRest() => (int)(Interlocked.And(ref state.Claim, ~FieldMask) & FieldMask);

    private static bool TryExecute(int chunk)
    {
        try
        {
            return job.Execute(chunk);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref error, ExceptionDispatchInfo.Capture(e), null);
            return false;
        }
    }

    // Keeps an interrupt back, as above.
    private static bool WaitForWorkers()
    {
        bool interrupted = false;
        long start = Stopwatch.GetTimestamp();
        while ((Volatile.Read(ref state.Outstanding) & int.MaxValue) != 0)
        {
            if (Stopwatch.GetTimestamp() - start <= SpinTicks)
            {
                Thread.SpinWait(1);
                continue;
            }

            try
            {
                SleepUntilFinished();
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }

        return interrupted;
    }

    private static void SleepUntilFinished()
    {
        lock (CallerGate)
        {
            // Workers pulse under the gate and after the subtraction, so the last one cannot pass between the test and the wait.
            Interlocked.Or(ref state.Outstanding, CallerSleeps);
            while (Volatile.Read(ref state.Outstanding) != CallerSleeps)
            {
                Monitor.Wait(CallerGate);
            }
        }
    }

    // Each counter on a cache line (pair) of its own: claims by one thread must not slow the others' polling of the rest.
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct SharedState
    {
        [FieldOffset(128)]
        internal long Claim;

        [FieldOffset(256)]
        internal int Outstanding;
    }
}
