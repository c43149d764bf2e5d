namespace GraphWeaver.Benchmarks.Peers;

/// <summary>A peer of the open case in the Python process.</summary>
internal sealed class PythonPeer(string name, PythonProcess python) : Peer(name)
{
    private double[]? expected;

    public override double Run(int calls) => python.Run(Name, calls);

    public override double Disagreement(double[] reference)
    {
        expected ??= Agreement.Checksums(reference);
        return Agreement.Distance(python.Checksums(Name), expected);
    }
}
