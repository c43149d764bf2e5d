using System.Diagnostics;
using GraphWeaver.Benchmarks.Gpu.Peers;
using GraphWeaver.Benchmarks.Gpu.Workloads;
using GraphWeaver.Benchmarks.Measuring;
using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Gpu;

/// <summary>
/// Measures the peers of a case: one call that brings the inputs there and the results back, and one with many more on what is there. The peers take turns, so that a
/// disturbance of the machine meets all of them.
/// </summary>
internal sealed class DeviceMeasurement(double seconds)
{
    private const double SampleSeconds = 10e-3;
    private const double HostWarmUp = 0.3;
    private const int LeastRounds = 5;

    public IReadOnlyList<DeviceTimes> Run(DeviceCase @case)
    {
        List<DeviceTimes> all = [.. @case.Peers.Select(peer => Start(@case, peer))];
        for (int round = 0; round < LeastRounds || all.Any(times => times.Spent < seconds); round++)
        {
            foreach (DeviceTimes times in all.Where(times => round < LeastRounds || times.Spent < seconds))
            {
                times.Add(Timed(times.Peer, 1), Timed(times.Peer, 1 + times.MoreCalls));
            }
        }

        return all;
    }

    /// <summary>Seconds of a call of each of the host's peers to compare with.</summary>
    public static IReadOnlyList<(string Name, double Seconds)> Host(DeviceCase @case) =>
    [
        .. @case.Host.Peers
            .Where(peer => peer.Name is PeerNames.Woven or PeerNames.Loop)
            .Select(peer => (peer.Name, Measurement.WarmUp(@case.Host, peer, HostWarmUp))),
    ];

    private static DeviceTimes Start(DeviceCase @case, DevicePeer peer)
    {
        peer.Repeat(1);
        double disagreement = Agreement.Distance(peer.Values(), @case.Expected);
        double one = Math.Min(Timed(peer, 1), Timed(peer, 1));
        double estimate = Math.Max((Timed(peer, 5) - one) / 4, 1e-6);
        return new DeviceTimes(peer, disagreement, Math.Clamp((int)(SampleSeconds / estimate), 1, 1000));
    }

    private static double Timed(DevicePeer peer, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        peer.Repeat(calls);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
