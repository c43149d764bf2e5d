using GraphWeaver.Benchmarks.Peers;
using GraphWeaver.ILGPU;

namespace GraphWeaver.Benchmarks.Gpu.Peers;

/// <summary>A woven method on the backend's own device, as a user calls it: the session keeps the tensors there between the kernels of one call.</summary>
/// <param name="repeat">Calls the method that goes through the workload so many times.</param>
/// <param name="values">Reads the results.</param>
internal sealed class WovenDevicePeer(Action<int> repeat, Func<double[]> values) : DevicePeer(PeerNames.Woven)
{
    private string note = "";

    public override bool IsYardstick => false;

    public override string Note => note;

    public override void Repeat(int calls)
    {
        long before = Kernels;
        repeat(calls);
        if (calls == 1)
        {
            note = Text.Invariant($"{Kernels - before} kernels on the device a call");
        }
    }

    public override double[] Values() => values();

    private static long Kernels => Accelerators.Current?.Statistics.Kernels ?? 0;
}
