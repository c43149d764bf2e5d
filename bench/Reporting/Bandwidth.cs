namespace GraphWeaver.Benchmarks.Reporting;

/// <summary>The fastest triad over three arrays of doubles on two threads.</summary>
/// <param name="WorkingSet">Bytes of the three arrays.</param>
/// <param name="BytesPerSecond">Bytes moved per second.</param>
internal sealed record Bandwidth(double WorkingSet, double BytesPerSecond);
