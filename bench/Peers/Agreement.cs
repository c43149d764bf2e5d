using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.Benchmarks.Workloads;

namespace GraphWeaver.Benchmarks.Peers;

/// <summary>Whether two peers computed the same thing: element by element in this process, by two checksums across processes.</summary>
internal static class Agreement
{
    /// <summary>The largest difference relative to the largest magnitude of <paramref name="reference"/>; infinite for NaN or another length.</summary>
    public static double Distance(double[] values, double[] reference)
    {
        if (values.Length != reference.Length)
        {
            return double.PositiveInfinity;
        }

        double difference = 0;
        double magnitude = double.Epsilon;
        for (int i = 0; i < values.Length; i++)
        {
            double apart = Math.Abs(values[i] - reference[i]);
            difference = apart <= difference ? difference : double.IsNaN(apart) ? double.PositiveInfinity : apart;
            magnitude = Math.Max(magnitude, Math.Abs(reference[i]));
        }

        return difference / magnitude;
    }

    /// <summary>The mean, and the mean weighted by a hash of the place, so that elements in wrong places are seen.</summary>
    public static double[] Checksums(double[] values)
    {
        double sum = 0;
        double weighted = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += values[i];
            weighted += values[i] * Inputs.Uniform((uint)i, seed: 99);
        }

        return [sum / values.Length, weighted / values.Length];
    }

    public static double[] Values<T>(params Tensor<T>[] tensors)
        where T : INumberBase<T>
    {
        var parts = new T[tensors.Length][];
        for (int i = 0; i < tensors.Length; i++)
        {
            parts[i] = new T[tensors[i].FlattenedLength];
            tensors[i].FlattenTo(parts[i]);
        }

        return Values(parts);
    }

    public static double[] Values<T>(T[][] parts)
        where T : INumberBase<T> => [.. parts.SelectMany(part => part.Select(double.CreateTruncating))];
}
