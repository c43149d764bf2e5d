using System.Numerics;
using System.Runtime.InteropServices;
using GraphWeaver.Kernels;
using Xunit;

namespace GraphWeaver.UnitTests.Runtime;

/// <summary>What the system says a worker may run on: before, while it is kept away from its waker, and after.</summary>
public sealed class ThreadPlacementTests
{
    [Fact]
    public void A_thread_is_kept_away_from_one_processor_and_then_let_back()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // Other systems have no placement, and nothing to see.
        }

        string before = string.Empty;
        string away = string.Empty;
        string after = string.Empty;
        ThreadPlacement? placement = null;
        using var ready = new SemaphoreSlim(0);
        using var kept = new SemaphoreSlim(0);
        var thread = new Thread(() =>
        {
            before = AllowedProcessors();
            placement = ThreadPlacement.OfThisThread();
            ready.Release();
            kept.Wait();
            away = AllowedProcessors();
            placement!.Release();
            after = AllowedProcessors();
        });
        thread.Start();
        ready.Wait();
        placement!.KeepAway();
        placement.KeepAway();
        kept.Release();
        thread.Join();

        Assert.Equal(before, after);
        Assert.Equal(Math.Max(1, Count(before) - 1), Count(away));
    }

    [Fact]
    public void A_thread_comes_back_to_what_the_user_has_allowed_it_meanwhile()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // As above.
        }

        string allowed = string.Empty;
        string after = string.Empty;
        ThreadPlacement? placement = null;
        int id = 0;
        using var ready = new SemaphoreSlim(0);
        using var kept = new SemaphoreSlim(0);
        var thread = new Thread(() =>
        {
            (placement, id) = (ThreadPlacement.OfThisThread(), CurrentThread());
            ready.Release();
            kept.Wait();
            allowed = AllowedProcessors();
            placement!.KeepAway();
            placement.Release();
            after = AllowedProcessors();
        });
        thread.Start();
        ready.Wait();
        ulong all = Low64(AllowedProcessors(id));
        placement!.KeepAway();

        // Where the user chooses what it has been given, nobody can tell; so the processor it is kept away from.
        ulong other = all & ~Low64(AllowedProcessors(id));
        ulong chosen = other == 0 ? all : other;
        Assert.Equal(0, SetAffinity(id, sizeof(ulong), ref chosen));
        kept.Release();
        thread.Join();

        Assert.Equal(chosen, Low64(allowed));
        Assert.Equal(allowed, after);
    }

    [DllImport("libc", EntryPoint = "gettid")]
    private static extern int CurrentThread();

    [DllImport("libc", EntryPoint = "sched_setaffinity")]
    private static extern int SetAffinity(int thread, nuint size, ref ulong set);

    private static string AllowedProcessors(int? thread = null) =>
        File.ReadLines(thread is { } id ? $"/proc/self/task/{id}/status" : "/proc/thread-self/status")
            .Single(line => line.StartsWith("Cpus_allowed:", StringComparison.Ordinal)).Split('\t')[1];

    private static ulong Low64(string mask)
    {
        string digits = mask.Replace(",", string.Empty, StringComparison.Ordinal);
        return Convert.ToUInt64(digits[^Math.Min(16, digits.Length)..], 16);
    }

    private static int Count(string mask) => mask.Where(char.IsAsciiHexDigit).Sum(digit => BitOperations.PopCount(Convert.ToUInt32(digit.ToString(), 16)));
}
