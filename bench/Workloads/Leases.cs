namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>Several things to close as one.</summary>
internal sealed class Leases(IEnumerable<IDisposable> all) : IDisposable
{
    public void Dispose()
    {
        foreach (IDisposable lease in all)
        {
            lease.Dispose();
        }
    }
}
