namespace GraphWeaver.Benchmarks.Reporting;

/// <summary>The cost of the first call of a woven method in a fresh process.</summary>
/// <param name="Workload">The workload, at its smallest size.</param>
/// <param name="First">Seconds of the first call.</param>
/// <param name="Steady">Seconds of a call after it has become steady.</param>
internal sealed record FirstCall(string Workload, double First, double Steady);
