using System.Diagnostics;
using global::ILGPU.Runtime;
using GraphWeaver.Benchmarks.Gpu.Peers;
using GraphWeaver.Benchmarks.Gpu.Workloads;
using GraphWeaver.Benchmarks.Measuring;
using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Gpu;

/// <summary>
/// Measures the peers of a case: resident, as calls in a row on tensors that stay on the device, and with transfers, as calls that bring
/// the inputs there and the results back. The peers take turns, so that a disturbance of the machine meets all of them.
/// </summary>
internal sealed class DeviceMeasurement(double seconds, Accelerator accelerator)
{
    private const double SampleSeconds = 2e-3;
    private const double HostWarmUp = 0.3;
    private const int LeastRounds = 3;

    public IReadOnlyList<DeviceTimes> Run(DeviceCase @case)
    {
        List<DeviceTimes> all = [.. @case.Peers.Select(peer => Start(@case, peer))];
        for (int round = 0; round < LeastRounds || all.Any(times => times.Spent < 2 * seconds); round++)
        {
            foreach (DeviceTimes times in all.Where(times => round < LeastRounds || times.Spent < 2 * seconds))
            {
                times.AddResident(Timed(times.Peer, times.CallsInSample, transfers: false), times.CallsInSample);
                times.AddWithTransfers(Timed(times.Peer, 1, transfers: true));
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

    private DeviceTimes Start(DeviceCase @case, DevicePeer peer)
    {
        Timed(peer, 1, transfers: true);
        double disagreement = Agreement.Distance(peer.Values(), @case.Expected);
        double estimate = Math.Min(Timed(peer, 1, transfers: false), Timed(peer, 1, transfers: false));
        return new DeviceTimes(peer, disagreement, Math.Max(1, (int)(SampleSeconds / estimate)));
    }

    private double Timed(DevicePeer peer, int calls, bool transfers)
    {
        AcceleratorStream stream = accelerator.DefaultStream;
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            if (transfers)
            {
                peer.Upload(stream);
            }

            peer.Run(stream);
            if (transfers)
            {
                peer.Download(stream);
            }
        }

        stream.Synchronize();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
