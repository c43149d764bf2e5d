namespace Digits;

/// <summary>A rate that starts near <paramref name="Peak"/>, is half of it at step <paramref name="Halfway"/> and ends near zero.</summary>
internal sealed record LearningRate(double Peak, double Halfway);
