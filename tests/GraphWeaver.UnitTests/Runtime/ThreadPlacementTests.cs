using System.Numerics;
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
    public void Who_is_not_kept_away_is_not_touched()
    {
        string before = AllowedProcessors();
        ThreadPlacement.OfThisThread()?.Release();
        Assert.Equal(before, AllowedProcessors());
    }

    private static string AllowedProcessors() => OperatingSystem.IsLinux()
        ? File.ReadLines("/proc/thread-self/status").Single(line => line.StartsWith("Cpus_allowed:", StringComparison.Ordinal)).Split('\t')[1]
        : string.Empty;

    private static int Count(string mask) => mask.Where(char.IsAsciiHexDigit).Sum(digit => BitOperations.PopCount(Convert.ToUInt32(digit.ToString(), 16)));
}
