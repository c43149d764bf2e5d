using GraphWeaver.Benchmarks.Gpu.Peers;
using GraphWeaver.Benchmarks.Measuring;

namespace GraphWeaver.Benchmarks.Gpu;

/// <summary>What was measured of a peer.</summary>
internal sealed class DeviceTimes(DevicePeer peer, double disagreement, int callsInSample)
{
    private readonly List<double> resident = [];
    private readonly List<double> withTransfers = [];

    public DevicePeer Peer => peer;

    public double Disagreement => disagreement;

    public int CallsInSample => callsInSample;

    /// <summary>Seconds of all samples.</summary>
    public double Spent { get; private set; }

    /// <summary>Seconds of a call on tensors that stay on the device.</summary>
    public double Resident => Samples.Median(resident);

    /// <summary>Seconds of a call that brings the inputs there and the results back.</summary>
    public double WithTransfers => Samples.Median(withTransfers);

    public void AddResident(double seconds, int calls)
    {
        Spent += seconds;
        resident.Add(seconds / calls);
    }

    public void AddWithTransfers(double seconds)
    {
        Spent += seconds;
        withTransfers.Add(seconds);
    }
}
