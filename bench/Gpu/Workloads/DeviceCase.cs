using GraphWeaver.Benchmarks.Gpu.Peers;
using GraphWeaver.Benchmarks.Workloads;

namespace GraphWeaver.Benchmarks.Gpu.Workloads;

/// <summary>One workload at one size on the device, and the same on the CPU, with which the device has to agree.</summary>
internal sealed class DeviceCase(Case host, IReadOnlyList<DevicePeer> peers) : IDisposable
{
    public Case Host => host;

    public IReadOnlyList<DevicePeer> Peers => peers;

    /// <summary>What the CPU's loop computes.</summary>
    public double[] Expected { get; } = Compute(host);

    public void Dispose()
    {
        foreach (DevicePeer peer in peers)
        {
            peer.Dispose();
        }

        host.Dispose();
    }

    private static double[] Compute(Case host)
    {
        host.Reset?.Invoke();
        host.Reference.Run(1);
        return host.Reference.Values();
    }
}
