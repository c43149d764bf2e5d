using System.Numerics;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>Inputs from a hash of the place, which Python reproduces bit by bit.</summary>
internal static class Inputs
{
    /// <summary>A number from 0 to below 1.</summary>
    public static double Uniform(uint place, uint seed)
    {
        uint x = place * 2654435761u + seed * 0x9E3779B9u;
        x = (x ^ (x >> 16)) * 0x85EBCA6Bu;
        x = (x ^ (x >> 13)) * 0xC2B2AE35u;
        return (x ^ (x >> 16)) * (1.0 / 4294967296.0);
    }

    /// <summary>Numbers from <paramref name="low"/> to below <paramref name="high"/>, times <paramref name="scale"/>.</summary>
    public static T[] Array<T>(int length, uint seed, double low, double high, double scale = 1)
        where T : INumberBase<T>
    {
        var array = new T[length];
        T factor = T.CreateTruncating(scale);
        for (int i = 0; i < length; i++)
        {
            array[i] = T.CreateTruncating(low + (high - low) * Uniform((uint)i, seed)) * factor;
        }

        return array;
    }
}
