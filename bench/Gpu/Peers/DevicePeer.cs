using global::ILGPU.Runtime;

namespace GraphWeaver.Benchmarks.Gpu.Peers;

/// <summary>
/// One way to compute a workload on the device: by hand, or woven. The three steps are apart so that they can be timed with the
/// transfers and without; they only enqueue.
/// </summary>
internal abstract class DevicePeer(string name) : IDisposable
{
    /// <summary>Its name in the tables.</summary>
    public string Name => name;

    /// <summary>Whether it is what others are compared with: written by hand.</summary>
    public abstract bool IsYardstick { get; }

    /// <summary>Brings the inputs to the device.</summary>
    public abstract void Upload(AcceleratorStream stream);

    /// <summary>Computes once on what is on the device.</summary>
    public abstract void Run(AcceleratorStream stream);

    /// <summary>Brings the results back.</summary>
    public abstract void Download(AcceleratorStream stream);

    /// <summary>The elements of the results that were brought back last.</summary>
    public abstract double[] Values();

    public abstract void Dispose();
}
