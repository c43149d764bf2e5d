using GraphWeaver.Benchmarks.Peers;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>One workload at one size, with its inputs and all peers that can compute it. Disposed, it lets go of the peers' memory.</summary>
internal sealed class Case : IDisposable
{
    public required string Workload { get; init; }

    public required string Size { get; init; }

    public required IReadOnlyList<Peer> Peers { get; init; }

    /// <summary>The peer that others have to agree with: a hand-written loop on one thread.</summary>
    public required LocalPeer Reference { get; init; }

    /// <summary>The largest disagreement, relative to the largest magnitude of the result, that is rounding.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Bytes that a perfect implementation moves.</summary>
    public required double Bytes { get; init; }

    /// <summary>Bytes of all inputs and results.</summary>
    public required double WorkingSet { get; init; }

    /// <summary>Floating-point operations of the matrix products, 0 where there is none.</summary>
    public double Flops { get; init; }

    /// <summary>Puts back inputs that a call overwrites; null where none does.</summary>
    public Action? Reset { get; init; }

    /// <summary>What has to be closed with the case.</summary>
    public IDisposable? Lease { get; init; }

    public void Dispose() => Lease?.Dispose();
}
