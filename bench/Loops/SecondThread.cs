using System.Diagnostics;

namespace GraphWeaver.Benchmarks.Loops;

/// <summary>
/// The other half of a hand-written two-thread loop: one helper that spins a short while for the next piece of work before it sleeps,
/// since <see cref="Parallel"/> costs more than a small loop. One caller at a time.
/// </summary>
internal static class SecondThread
{
    private static readonly long spinTicks = Stopwatch.Frequency / 20_000;
    private static readonly SemaphoreSlim wake = new(0);
    private static Action<int, int>? work;
    private static (int Start, int End) range;
    private static int asked;
    private static int finished;
    private static int asleep;
    private static Thread? helper;

    /// <summary>Runs <paramref name="body"/> over the items on one or two threads.</summary>
    /// <param name="threads">1 or 2.</param>
    /// <param name="items">The number of items.</param>
    /// <param name="alignment">The first half is a multiple of this.</param>
    /// <param name="body">The loop, from an item to before another.</param>
    public static void Split(int threads, int items, int alignment, Action<int, int> body)
    {
        int middle = (items / 2 + alignment - 1) / alignment * alignment;
        if (threads == 1 || middle >= items)
        {
            body(0, items);
            return;
        }

        Start();
        work = body;
        range = (middle, items);
        int ticket = asked + 1;
        Interlocked.Exchange(ref asked, ticket);
        if (Interlocked.Exchange(ref asleep, 0) == 1)
        {
            wake.Release();
        }

        body(0, middle);
        var spin = default(SpinWait);
        while (Volatile.Read(ref finished) != ticket)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    private static void Start()
    {
        if (helper is null)
        {
            helper = new Thread(Help) { IsBackground = true, Name = "second half" };
            helper.Start();
        }
    }

    private static void Help()
    {
        for (int seen = 0; ; seen++)
        {
            AwaitWork(seen);
            work!(range.Start, range.End);
            Volatile.Write(ref finished, seen + 1);
        }
    }

    private static void AwaitWork(int seen)
    {
        long start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref asked) == seen)
        {
            if (Stopwatch.GetTimestamp() - start < spinTicks)
            {
                Thread.SpinWait(1);
                continue;
            }

            // Who takes the mark back decides: the caller, and then a release comes, or this thread, which saw the work in time.
            Interlocked.Exchange(ref asleep, 1);
            if (Volatile.Read(ref asked) == seen || Interlocked.Exchange(ref asleep, 0) == 0)
            {
                wake.Wait();
            }
        }
    }
}
