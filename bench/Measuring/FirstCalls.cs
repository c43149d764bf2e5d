using System.Diagnostics;
using System.Globalization;
using GraphWeaver.Benchmarks.Peers;
using GraphWeaver.Benchmarks.Reporting;
using GraphWeaver.Benchmarks.Workloads;

namespace GraphWeaver.Benchmarks.Measuring;

/// <summary>
/// The first call of each woven method, each in a process of its own, this program again. It includes what the runtime does once: loading
/// the runtime library and the tensor library, and compiling the kernel.
/// </summary>
internal static class FirstCalls
{
    private const int Processes = 3;
    private const double SteadySeconds = 0.5;

    /// <summary>The median of several processes for each workload.</summary>
    public static IReadOnlyList<FirstCall> Measure(IEnumerable<Workload> workloads) => [.. workloads.Select(Measure)];

    /// <summary>The other side: measures in this process, and prints the two times.</summary>
    public static void Answer(string workload)
    {
        Workload chosen = AllWorkloads.List.Single(candidate => candidate.Name == workload);
        using Case @case = chosen.Create(chosen.Sizes[0], Surroundings.None);
        Peer woven = @case.Peers.Single(peer => peer.Name == PeerNames.Woven);
        @case.Reset?.Invoke();
        double first = woven.Run(1);
        double steady = Measurement.WarmUp(@case, woven, SteadySeconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first:R} {steady:R}"));
    }

    private static FirstCall Measure(Workload workload)
    {
        double[][] answers = [.. Enumerable.Range(0, Processes).Select(_ => Ask(workload.Name))];
        return new FirstCall(workload.Name, Samples.Median(answers.Select(a => a[0])), Samples.Median(answers.Select(a => a[1])));
    }

    private static double[] Ask(string workload)
    {
        string program = typeof(FirstCalls).Assembly.Location;
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, "first-call", workload]) { RedirectStandardOutput = true })!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return [.. answer.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }
}
