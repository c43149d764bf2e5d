using GraphWeaver.Benchmarks.Peers;
using GraphWeaver.Benchmarks.Reporting;

namespace GraphWeaver.Benchmarks.Measuring;

/// <summary>A peer while it is measured.</summary>
internal sealed class Samples(Peer peer, double estimate, double disagreement, long? allocated)
{
    private readonly List<double> seconds = [];

    public Peer Peer => peer;

    /// <summary>Seconds of a call, as far as is known.</summary>
    public double Estimate { get; set; } = estimate;

    public double Disagreement => disagreement;

    /// <summary>The samples in order, seconds of a call each.</summary>
    public IReadOnlyList<double> Seconds => seconds;

    public void Add(double sample) => seconds.Add(sample);

    public PeerRecord Record() => new(peer.Name, Median(seconds), seconds.Min(), seconds.Count, allocated, disagreement);

    /// <summary>The middle one, the lower of two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[(ordered.Length - 1) / 2];
    }
}
