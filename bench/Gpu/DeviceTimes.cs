using GraphWeaver.Benchmarks.Gpu.Peers;

namespace GraphWeaver.Benchmarks.Gpu;

/// <summary>What was measured of a peer. The least times count, as times are subtracted.</summary>
internal sealed class DeviceTimes(DevicePeer peer, double disagreement, int moreCalls)
{
    private double many = double.PositiveInfinity;

    public DevicePeer Peer => peer;

    public double Disagreement => disagreement;

    /// <summary>Calls beyond the first in a sample of many.</summary>
    public int MoreCalls => moreCalls;

    /// <summary>Seconds of all samples.</summary>
    public double Spent { get; private set; }

    /// <summary>Seconds of a call on tensors that stay on the device: what one more call takes.</summary>
    public double Resident => (many - WithTransfers) / moreCalls;

    /// <summary>Seconds of a call that brings the inputs there and the results back.</summary>
    public double WithTransfers { get; private set; } = double.PositiveInfinity;

    public void Add(double secondsOfOne, double secondsOfMany)
    {
        Spent += secondsOfOne + secondsOfMany;
        WithTransfers = Math.Min(WithTransfers, secondsOfOne);
        many = Math.Min(many, secondsOfMany);
    }
}
