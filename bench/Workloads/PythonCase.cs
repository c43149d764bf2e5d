using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>A case that is open in the Python process, too.</summary>
internal sealed class PythonCase(PythonProcess python) : IDisposable
{
    /// <summary>Opens the case and adds its peers; none where there is no Python.</summary>
    public static IEnumerable<IDisposable> Open(PythonProcess? python, string workload, string size, List<Peer> peers)
    {
        if (python is null)
        {
            return [];
        }

        try
        {
            peers.AddRange(python.Open(workload, size));
            return [new PythonCase(python)];
        }
        catch (PeerException e)
        {
            Console.WriteLine($"left out: Python on {workload} {size}: {e.Message}");
            return [];
        }
    }

    public void Dispose() => python.Close();
}
