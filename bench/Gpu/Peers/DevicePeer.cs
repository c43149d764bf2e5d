namespace GraphWeaver.Benchmarks.Gpu.Peers;

/// <summary>One way to compute a workload on the device: by hand, or woven.</summary>
internal abstract class DevicePeer(string name) : IDisposable
{
    /// <summary>Its name in the tables.</summary>
    public string Name => name;

    /// <summary>Whether it is what others are compared with: written by hand.</summary>
    public abstract bool IsYardstick { get; }

    /// <summary>What has to be said beside its times.</summary>
    public virtual string Note => "";

    /// <summary>Brings the inputs to the device, computes some times on what is there, and brings the results back; all is done when it returns.</summary>
    public abstract void Repeat(int calls);

    /// <summary>The elements of the results that were brought back last.</summary>
    public abstract double[] Values();

    public virtual void Dispose()
    {
    }
}
