namespace GraphWeaver.Benchmarks.Reporting;

/// <summary>What one peer did in one cell.</summary>
/// <param name="Name">One of the peers' names.</param>
/// <param name="Median">Seconds of a call: the median of the samples.</param>
/// <param name="Minimum">The fastest sample.</param>
/// <param name="Samples">How many there were.</param>
/// <param name="Allocated">Bytes that a call allocates on its thread; null where nobody counts.</param>
/// <param name="Disagreement">The distance of its result from the reference, relative to the largest magnitude.</param>
internal sealed record PeerRecord(string Name, double Median, double Minimum, int Samples, long? Allocated, double Disagreement);
