using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels;

/// <summary>
/// Keeps a sleeping worker from being woken on the processor of the thread that wakes it. Linux in a virtual machine takes processors that have
/// gone to sleep for busy, since their host has taken them back, and puts the worker beside its caller, where the two take turns for milliseconds
/// while the other processor idles: two threads then take as long as one, and longer. So the caller takes its own processor out of the worker's
/// allowed ones just before it wakes it, and the worker, awake elsewhere, takes all of them back. On other systems, and where the C library
/// refuses, nothing is done. Before and after: a worker that runs may run where the user allows it to.
/// </summary>
internal sealed unsafe partial class ThreadPlacement
{
    private readonly int thread;
    private ProcessorSet allowed;
    private ProcessorSet kept;
    private bool isKeptAway;

    private ThreadPlacement(int thread) => this.thread = thread;

    /// <summary>The placement of the calling thread; null where the system offers none.</summary>
    internal static ThreadPlacement? OfThisThread()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            return CurrentProcessor() >= 0 && TryGetAllowed(0, out _) ? new ThreadPlacement(CurrentThread()) : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Keeps the thread, which sleeps, away from the calling thread's processor until it calls <see cref="Release"/>.</summary>
    internal void KeepAway()
    {
        if (!TryGetAllowed(thread, out ProcessorSet present))
        {
            return;
        }

        // A worker that found nothing left to do sleeps on, kept away, and perhaps from a processor that is not the one to avoid now. Where its set is
        // not the one it was given, the user has changed it since, and that is what it comes back to.
        if (!isKeptAway || !present.Equals(kept))
        {
            allowed = present;
        }

        ProcessorSet others = allowed.Without(CurrentProcessor());
        if (!others.IsEmpty && SetAffinity(thread, (nuint)sizeof(ProcessorSet), &others) == 0)
        {
            kept = others;
            isKeptAway = true;
        }
    }

    /// <summary>Lets the calling thread run on all its processors again.</summary>
    internal void Release()
    {
        if (isKeptAway)
        {
            isKeptAway = false;
            fixed (ProcessorSet* address = &allowed)
            {
                _ = SetAffinity(thread, (nuint)sizeof(ProcessorSet), address);
            }
        }
    }

    private static bool TryGetAllowed(int thread, out ProcessorSet set)
    {
        fixed (ProcessorSet* address = &set)
        {
            *address = default;
            return GetAffinity(thread, (nuint)sizeof(ProcessorSet), address) >= 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int CurrentThread();

    [LibraryImport("libc", EntryPoint = "sched_getcpu")]
    private static partial int CurrentProcessor();

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nuint size, ProcessorSet* set);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint size, ProcessorSet* set);

    /// <summary>The kernel's bit set, one bit a processor; as many as the C library's own type has.</summary>
    [InlineArray(1024 / 64)]
    private struct ProcessorSet
    {
        private ulong first;

        internal readonly bool IsEmpty => !((ReadOnlySpan<ulong>)this).ContainsAnyExcept(0UL);

        internal readonly bool Equals(ProcessorSet other) => ((ReadOnlySpan<ulong>)this).SequenceEqual(other);

        internal readonly ProcessorSet Without(int processor)
        {
            ProcessorSet set = this;
            if ((uint)processor < 1024)
            {
                set[processor / 64] &= ~(1UL << (processor % 64));
            }

            return set;
        }
    }
}
