namespace GraphWeaver.Kernels;

/// <summary>One background thread of <see cref="WorkerPool"/>: works while there is work, spins shortly for more, then sleeps until woken.</summary>
internal sealed class Worker
{
    private readonly object gate = new();
    private readonly int thread;
    private ThreadPlacement? placement;
    private int asleep;

    private Worker(int thread) => this.thread = thread;

    /// <summary>Starts a worker that takes part in jobs which allow more than <paramref name="thread"/> threads.</summary>
    internal static Worker Start(int thread)
    {
        var worker = new Worker(thread);
        new Thread(worker.Loop) { IsBackground = true, Name = $"GraphWeaver worker {thread}" }.UnsafeStart();
        return worker;
    }

    /// <summary>Wakes the worker where it sleeps; called after a job has been published.</summary>
    internal void WakeIfAsleep()
    {
        if (Volatile.Read(ref asleep) != 0)
        {
            lock (gate)
            {
                if (asleep != 0)
                {
                    placement?.KeepAway();
                    Monitor.Pulse(gate);
                }
            }
        }
    }

    private void Loop()
    {
        placement = ThreadPlacement.OfThisThread();
        while (true)
        {
            WorkerPool.TakePart(thread);
            if (!WorkerPool.SpinForWork(thread))
            {
                SleepUntilWork();
            }
        }
    }

    private void SleepUntilWork()
    {
        lock (gate)
        {
            // Announce, then look: either this look sees a job published meanwhile, or its caller sees the announcement and pulses,
            // which it can do only once the wait below has released the gate.
            Interlocked.Exchange(ref asleep, 1);
            while (!WorkerPool.HasWork(thread))
            {
                Monitor.Wait(gate);
            }

            Volatile.Write(ref asleep, 0);
            placement?.Release();
        }
    }
}
