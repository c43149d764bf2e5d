using System.Text;
using GraphWeaver.Benchmarks.Gpu.Peers;
using GraphWeaver.Benchmarks.Gpu.Workloads;

namespace GraphWeaver.Benchmarks.Gpu;

/// <summary>A cell for the console. Ratios are to the fastest hand-written peer that agrees with the CPU's loop: below 1.1 is wanted.</summary>
internal static class DeviceCellText
{
    /// <param name="case">What was measured.</param>
    /// <param name="all">The times of its peers.</param>
    /// <param name="copy">Bytes in a second of a copy on the device.</param>
    public static string Of(DeviceCase @case, IReadOnlyList<DeviceTimes> all, double copy)
    {
        DeviceTimes[] yardsticks = [.. all.Where(times => times.Peer.IsYardstick && times.Disagreement <= @case.Host.Tolerance)];
        double? resident = yardsticks.Length == 0 ? null : yardsticks.Min(times => times.Resident);
        double? withTransfers = yardsticks.Length == 0 ? null : yardsticks.Min(times => times.WithTransfers);
        var text = new StringBuilder($"{@case.Host.Workload} {@case.Host.Size}\n");
        foreach (DeviceTimes times in all)
        {
            string ofCopy = Text.Invariant($"{@case.Host.Bytes / times.Resident / copy:P0} of a copy's bandwidth");
            string flag = times.Disagreement <= @case.Host.Tolerance ? "" : "  DISAGREES";
            text.Append(Text.Invariant($"  {times.Peer.Name,-24} resident {Text.Time(times.Resident),9} {Text.Ratio(times.Resident / resident),5} x  "));
            text.Append(Text.Invariant($"with transfers {Text.Time(times.WithTransfers),9} {Text.Ratio(times.WithTransfers / withTransfers),5} x  "));
            text.Append(Text.Invariant($"{ofCopy}  apart {times.Disagreement:E1}{flag}  {times.Peer.Note}\n"));
        }

        foreach ((string name, double seconds) in DeviceMeasurement.Host(@case))
        {
            text.Append(Text.Invariant($"  {"CPU " + name,-24}          {Text.Time(seconds),9} {Text.Ratio(seconds / resident),5} x\n"));
        }

        return text.ToString();
    }
}
