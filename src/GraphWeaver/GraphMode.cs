using System.Globalization;

namespace GraphWeaver;

/// <summary>
/// The process-wide switches of woven code. They start from the environment, read once at the first use of this class, and are read at
/// each entry of a woven method, so that a change acts from the next call on.
/// </summary>
public static class GraphMode
{
    private static ExecutionMode current = ParseMode(Environment.GetEnvironmentVariable("GRAPHWEAVER_MODE"));
    private static Backend backend = ParseBackend(Environment.GetEnvironmentVariable("GRAPHWEAVER_BACKEND"));
    private static int maxThreads = ParseThreads(Environment.GetEnvironmentVariable("GRAPHWEAVER_THREADS"));

    /// <summary>
    /// How woven methods run. It starts from <c>GRAPHWEAVER_MODE</c>: <c>graph</c> (also when unset), <c>eager</c> or <c>verify</c>, in any
    /// case. Any other text means <see cref="ExecutionMode.Eager"/>, since who sets the variable wants to leave the default, and the original
    /// body is what can do no harm.
    /// </summary>
    /// <remarks>
    /// Under <see cref="ExecutionMode.Verify"/> a woven method throws <see cref="GraphVerificationException"/> where its two bodies differ.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value set is not a member of <see cref="ExecutionMode"/>.</exception>
    public static ExecutionMode Current
    {
        get => current;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)ExecutionMode.Verify, nameof(value));
            current = value;
        }
    }

    /// <summary>
    /// The largest number of threads, the caller included, that work on one kernel. 1 runs kernels on the calling thread and starts no other.
    /// It starts from <c>GRAPHWEAVER_THREADS</c>; where that is unset or not a positive integer, it is the number of processors.
    /// Results do not depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value set is less than 1.</exception>
    public static int MaxThreads
    {
        get => maxThreads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            maxThreads = value;
        }
    }

    /// <summary>
    /// Where kernels may run. It starts from <c>GRAPHWEAVER_BACKEND</c>: <c>auto</c> (also when unset), <c>cpu</c>, <c>cuda</c>, <c>opencl</c> or
    /// <c>simulator</c>, in any case. Any other text means <c>auto</c>, and a line on standard error says so when a device is looked for. It has an effect in programs that reference GraphWeaver.ILGPU.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value set is not a member of <see cref="GraphWeaver.Backend"/>.</exception>
    public static Backend Backend
    {
        get => backend;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)Backend.Simulator, nameof(value));
            backend = value;
            Kernels.DeviceSwitch.Want(value != Backend.Cpu);
        }
    }

    internal static Backend ParseBackend(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "cpu" => Backend.Cpu,
        "cuda" => Backend.Cuda,
        "opencl" => Backend.OpenCL,
        "simulator" => Backend.Simulator,
        _ => Backend.Auto,
    };

    internal static ExecutionMode ParseMode(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        null or "" or "graph" => ExecutionMode.Graph,
        "verify" => ExecutionMode.Verify,
        _ => ExecutionMode.Eager,
    };

    internal static int ParseThreads(string? text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int threads) && threads >= 1
            ? threads
            : Environment.ProcessorCount;
}
