using System.Diagnostics;

namespace GraphWeaver.Evaluator;

/// <summary>
/// Sees that this process never outlives the engine. The closed pipe says so first; should something else hold the pipe open,
/// the engine's process id does.
/// </summary>
internal sealed class Watchdog
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly int engine;
    private readonly Timer timer;

    public Watchdog(int engine)
    {
        this.engine = engine;
        timer = new Timer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>Ends the process at once: no handler, finaliser or thread of the user's is waited for.</summary>
    public static void End() => Process.GetCurrentProcess().Kill();

    private void Look()
    {
        try
        {
            using var process = Process.GetProcessById(engine);
            GC.KeepAlive(timer);
        }
        catch (ArgumentException)
        {
            End();
        }
    }
}
