namespace GraphWeaver.Benchmarks.Peers;

/// <summary>A peer cannot compute a case: it is left out, and the run says so.</summary>
internal sealed class PeerException(string message) : Exception(message);
