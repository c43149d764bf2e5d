using System.Diagnostics;
using GraphWeaver.Kernels;

namespace GraphWeaver.UnitTests.Runtime;

/// <summary>Chunks, threads, giving up, exceptions, nesting and concurrency of <see cref="KernelRunner"/>.</summary>
[Collection(nameof(GraphMode))]
public class KernelRunnerTests : IDisposable
{
    private readonly int threadsBefore = GraphMode.MaxThreads;

    public void Dispose() => GraphMode.MaxThreads = threadsBefore;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_element_is_computed_once_in_aligned_chunks_numbered_in_order(int threads)
    {
        GraphMode.MaxThreads = threads;
        foreach (nint length in (nint[])[1, 63, 64, 65, 1000, 4097, 100_001])
        {
            foreach (int cost in (int[])[1, 50, 100_000])
            {
                var kernel = new CountingKernel { Counts = new int[length], Starts = new nint[KernelRunner.MaxChunks] };
                Assert.True(KernelRunner.Run(ref kernel, length, cost));

                int chunks = KernelRunner.ChunkCount(length, cost);
                Assert.InRange(chunks, 1, KernelRunner.MaxChunks);
                Assert.All(kernel.Counts, count => Assert.Equal(1, count));
                Assert.All(kernel.Starts.Take(chunks), start => Assert.Equal(0, start % 64));
                Assert.Equal(kernel.Starts.Take(chunks).Order(), kernel.Starts.Take(chunks));
            }
        }
    }

    [Fact]
    public void Rows_are_divided_at_any_row()
    {
        var kernel = new CountingKernel { Counts = new int[7], Starts = new nint[KernelRunner.MaxChunks] };
        Assert.True(KernelRunner.RunRows(ref kernel, 7, 1_000_000));
        Assert.Equal(7, KernelRunner.RowChunkCount(7, 1_000_000));
        Assert.All(kernel.Counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void No_elements_are_no_chunks()
    {
        var kernel = new CountingKernel { Counts = [], Starts = [] };
        Assert.Equal(0, KernelRunner.ChunkCount(0, 5));
        Assert.True(KernelRunner.Run(ref kernel, 0, 5));
    }

    [Fact]
    public void Chunks_do_not_depend_on_the_number_of_threads()
    {
        GraphMode.MaxThreads = 1;
        int alone = KernelRunner.ChunkCount(10_000_000, 3);
        GraphMode.MaxThreads = 64;
        Assert.Equal(alone, KernelRunner.ChunkCount(10_000_000, 3));
        Assert.Equal(KernelRunner.MaxChunks, alone);
    }

    [Fact]
    public void Several_threads_work_on_one_kernel()
    {
        GraphMode.MaxThreads = 2;
        var kernel = new MeetingKernel { Meeting = new Barrier(2) };
        Assert.True(KernelRunner.RunRows(ref kernel, 2, 1_000_000));
    }

    [Fact]
    public void Small_kernels_in_close_succession_wake_a_worker_in_the_end()
    {
        GraphMode.MaxThreads = 2;
        Thread.Sleep(5);
        var kernel = new ThreadKernel { Threads = new int[2] };
        long start = Stopwatch.GetTimestamp();
        while (Array.TrueForAll(kernel.Threads, thread => thread == Environment.CurrentManagedThreadId || thread == 0))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30));
            Assert.True(KernelRunner.RunRows(ref kernel, 2, 100_000));
        }
    }

    [Fact]
    public void One_thread_means_the_calling_thread()
    {
        GraphMode.MaxThreads = 1;
        var kernel = new ThreadKernel { Threads = new int[64] };
        Assert.True(KernelRunner.RunRows(ref kernel, 64, 1_000_000));
        Assert.All(kernel.Threads, thread => Assert.Equal(Environment.CurrentManagedThreadId, thread));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_kernel_that_gives_up_is_reported_and_the_next_run_is_whole(int threads)
    {
        GraphMode.MaxThreads = threads;
        for (int round = 0; round < 200; round++)
        {
            var failing = new FailingKernel { FailAt = round % 64 };
            Assert.False(KernelRunner.RunRows(ref failing, 64, 1_000_000));
            var kernel = new CountingKernel { Counts = new int[64], Starts = new nint[64] };
            Assert.True(KernelRunner.RunRows(ref kernel, 64, 1_000_000));
            Assert.All(kernel.Counts, count => Assert.Equal(1, count));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_exception_reaches_the_caller_when_no_chunk_runs_any_more(int threads)
    {
        GraphMode.MaxThreads = threads;
        for (int round = 0; round < 50; round++)
        {
            var running = new int[1];
            var kernel = new FailingKernel { FailAt = round % 64, Running = running, Throws = true };
            var error = Assert.Throws<InvalidOperationException>(() =>
            {
                FailingKernel copy = kernel;
                KernelRunner.RunRows(ref copy, 64, 1_000_000);
            });
            Assert.Equal(0, Volatile.Read(ref running[0]));
            Assert.Equal("chunk " + (round % 64), error.Message);
        }
    }

    [Fact]
    public void Nested_and_concurrent_runs_are_all_completed()
    {
        GraphMode.MaxThreads = 3;
        var errors = 0;
        Thread[] callers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int round = 0; round < 200; round++)
            {
                var kernel = new NestedKernel { Sums = new long[64] };
                if (!KernelRunner.RunRows(ref kernel, 64, 1_000_000) || kernel.Sums.Any(sum => sum != 64))
                {
                    Interlocked.Increment(ref errors);
                }
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());
        Assert.All(callers, caller => Assert.True(caller.Join(TimeSpan.FromSeconds(30))));
        Assert.Equal(0, errors);
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        GraphMode.MaxThreads = 2;
        var kernel = new ThreadKernel { Threads = new int[64] };
        KernelRunner.RunRows(ref kernel, 64, 1_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
        {
            KernelRunner.RunRows(ref kernel, 64, 1_000_000);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Sleeping_workers_are_woken_and_an_interrupt_waits_for_the_run()
    {
        GraphMode.MaxThreads = 2;
        for (int round = 0; round < 5; round++)
        {
            Thread.Sleep(5);
            var kernel = new MeetingKernel { Meeting = new Barrier(2) };
            Assert.True(KernelRunner.RunRows(ref kernel, 2, 1_000_000));
        }

        bool delivered = false;
        var interrupted = new Thread(() =>
        {
            Thread.CurrentThread.Interrupt();
            var kernel = new WaitingKernel { Caller = Environment.CurrentManagedThreadId };
            bool completed = KernelRunner.RunRows(ref kernel, 2, 1_000_000);
            try
            {
                Thread.Sleep(0);
                Thread.Sleep(1);
            }
            catch (ThreadInterruptedException)
            {
                delivered = completed;
            }
        });
        interrupted.Start();
        Assert.True(interrupted.Join(TimeSpan.FromSeconds(30)));
        Assert.True(delivered);
    }

    private struct CountingKernel : IKernel
    {
        public int[] Counts;
        public nint[] Starts;

        public readonly bool Execute(int chunk, nint start, nint end)
        {
            Starts[chunk] = start;
            for (nint i = start; i < end; i++)
            {
                Interlocked.Increment(ref Counts[i]);
            }

            return true;
        }
    }

    // Each of the two chunks waits until the other has started: passes only with two threads.
    private struct MeetingKernel : IKernel
    {
        public Barrier Meeting;

        public readonly bool Execute(int chunk, nint start, nint end) => Meeting.SignalAndWait(TimeSpan.FromSeconds(30));
    }

    private struct ThreadKernel : IKernel
    {
        public int[] Threads;

        public readonly bool Execute(int chunk, nint start, nint end)
        {
            Threads[chunk] = Environment.CurrentManagedThreadId;
            return true;
        }
    }

    private struct FailingKernel : IKernel
    {
        public int FailAt;
        public bool Throws;
        public int[]? Running;

        public readonly bool Execute(int chunk, nint start, nint end)
        {
            if (chunk == FailAt)
            {
                return Throws ? throw new InvalidOperationException("chunk " + chunk) : false;
            }

            if (Running != null)
            {
                Interlocked.Increment(ref Running[0]);
                Thread.SpinWait(200);
                Interlocked.Decrement(ref Running[0]);
            }

            return true;
        }
    }

    private struct NestedKernel : IKernel
    {
        public long[] Sums;

        public readonly bool Execute(int chunk, nint start, nint end)
        {
            var inner = new CountingKernel { Counts = new int[64], Starts = new nint[64] };
            bool completed = KernelRunner.RunRows(ref inner, 64, 1_000_000);
            Sums[chunk] = inner.Counts.Sum();
            return completed;
        }
    }

    // The worker's chunk outlasts the caller's spin, so that the caller sleeps. Where the caller runs both chunks, it does not wait at all.
    private struct WaitingKernel : IKernel
    {
        public int Caller;

        public readonly bool Execute(int chunk, nint start, nint end)
        {
            long start0 = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start0) < TimeSpan.FromMilliseconds(Environment.CurrentManagedThreadId == Caller ? 1 : 5))
            {
                Thread.SpinWait(10);
            }

            return true;
        }
    }
}
