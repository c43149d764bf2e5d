namespace GraphWeaver.ILGPU.Kernels;

/// <summary>
/// What a device knows of one kernel: how it is started, how long it really took, and what the CPU has lost so far because it was not compiled. Under the device's lock where it is started;
/// the numbers of several threads may cost each other a sample, which does no harm.
/// </summary>
internal sealed class KernelRecord
{
    // The first run is the driver's, which has its own compiler.
    private const int FirstSample = 1;
    private const int LastSample = 4;

    private double secondsOfWork = double.MaxValue;
    private double waited;
    private int runs;

    /// <summary>The methods that start it, by the form they start: a type that it was compiled with, or its own.</summary>
    public Dictionary<Type, Delegate> Launchers { get; } = [];

    /// <summary>Whether it was compiled in any form.</summary>
    public bool IsCompiled => Launchers.Count > 0;

    /// <summary>Whether another run is to be timed.</summary>
    public bool WantsTime => runs < LastSample;

    /// <summary>The time for one float addition of the kernel's work, as it was measured; null as long as it was not.</summary>
    public double? SecondsOfWork => runs > FirstSample ? secondsOfWork : null;

    /// <summary>Takes the time of a run.</summary>
    public void Add(double seconds, long work)
    {
        if (++runs > FirstSample)
        {
            secondsOfWork = Math.Min(secondsOfWork, seconds / Math.Max(work, 1));
        }
    }

    /// <summary>
    /// Whether what lasts (the compilation, tensors that stay) is worth its price. It is once as much time was lost without it: then, whatever comes, no more than twice the least
    /// possible was spent.
    /// </summary>
    public bool Affords(double gain, double price)
    {
        waited += gain;
        return waited >= price;
    }
}
