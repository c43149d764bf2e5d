namespace GraphWeaver.Compiler.Evaluation;

/// <summary>How a slice ended.</summary>
public enum Outcome
{
    /// <summary>It ran to its end in both workers and their outputs agree.</summary>
    Completed,

    /// <summary>User code threw the same exception in both workers.</summary>
    Threw,

    /// <summary>The slice, or the build's whole allowance, ran out of time (GW1004).</summary>
    TimedOut,

    /// <summary>The memory limit was hit (GW1004).</summary>
    OutOfMemory,

    /// <summary>The worker died: stack overflow, FailFast, Exit (GW1005), or a dependency is missing.</summary>
    Crashed,

    /// <summary>The two workers disagree: the result depends on culture, time zone, hash seed, time or chance.</summary>
    Differed,

    /// <summary>No worker can be started (GW1008).</summary>
    Unavailable,
}

/// <summary>What became of one slice.</summary>
public sealed class SliceResult
{
    public required Outcome Outcome { get; init; }

    /// <summary>The new values in order; empty unless <see cref="Outcome.Completed"/>.</summary>
    public IReadOnlyList<BuildValue> Outputs { get; init; } = [];

    /// <summary>The index last stored in <c>progress[0]</c>, or -1 when it is not known.</summary>
    public int FailedStep { get; init; } = -1;

    /// <summary>Full name of the exception's type when the outcome is <see cref="Outcome.Threw"/>.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>The exception's type and message, or the reason in a sentence; null when completed.</summary>
    public string? Error { get; init; }

    /// <summary>What the slice wrote to <c>Console.Out</c> and <c>Console.Error</c>, when it wrote anything.</summary>
    public string? StandardOutput { get; init; }
}
