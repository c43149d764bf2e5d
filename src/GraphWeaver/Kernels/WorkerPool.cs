using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels;

/// <summary>
/// The threads that help a caller with its kernel: one job at a time, its chunks claimed one by one (<see cref="ChunkClaims"/>) by the caller and by
/// every worker that is awake in time, so that a late or busy worker costs nothing. Who finds the pool taken (a nested run, a second caller) is told so and
/// runs its kernel itself: nobody ever waits for the pool, and no deadlock is possible. Waiting is a short spin, then sleep: a longer spin
/// collapses when other processes need the core. A sleeping worker is woken for a job that repays it, and for the next of many small jobs that come
/// so closely that the worker, once awake, stays so.
/// Before: the kernel and its job are on the caller's stack. After: no thread holds a reference to them, whatever happened.
/// </summary>
internal static class WorkerPool
{
    // The sign bit of Outstanding: the caller sleeps and wants to be woken by whoever finishes the last chunk.
    private const int CallerSleeps = int.MinValue;

    // Work worth waking a sleeping thread for, of one job or of small ones in close succession: some 80 microseconds, where waking costs the
    // caller about 20 and comes as late. Should the small ones end just then, it has cost them a quarter; should they go on, it comes early.
    private const long WakeWork = 1_048_576;

    private static readonly long SpinTicks = Stopwatch.Frequency / 100_000;
    private static readonly object CallerGate = new();
    private static readonly Worker?[] Workers = new Worker?[KernelRunner.MaxChunks - 1];
    private static readonly ChunkClaims Claims = new();

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
        while (Claims.TryClaim(thread, out int chunk))
        {
            int finished = 1;
            if (!TryExecute(chunk))
            {
                Volatile.Write(ref gaveUp, true);
                finished += Claims.TakeTheRest();
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
    internal static bool HasWork(int thread) => Claims.HasAny(thread);

    /// <summary>Spins some ten microseconds for work.</summary>
    /// <returns>False when none came.</returns>
    internal static bool SpinForWork(int thread)
    {
        long start = Stopwatch.GetTimestamp();
        while (!Claims.HasShare(thread))
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
        return recentWork >= WakeWork;
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
        Claims.Publish(newJob.Chunks, threads);
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

    // On a cache line (pair) of its own.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct SharedState
    {
        [FieldOffset(128)]
        internal int Outstanding;
    }
}
