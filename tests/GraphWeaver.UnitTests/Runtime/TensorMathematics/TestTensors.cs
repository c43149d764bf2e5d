using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.UnitTests.Runtime.TensorMathematics;

/// <summary>Tensors of random values in every layout, and what is read off them without any code under test.</summary>
internal static class TestTensors
{
    public static readonly nint[][] Shapes =
    [
        [1], [7], [100], [1100], [3, 5], [4, 1], [1, 6], [5, 67], [33, 600], [2, 3, 4], [3, 70, 2], [2, 1, 3, 5], [3, 2, 2, 18],
        [0], [0, 3], [3, 0], [2, 0, 3], [2, 3, 0],
    ];

    /// <summary>Those small enough to meet each other, or an expensive reference.</summary>
    public static IEnumerable<nint[]> SmallShapes => Shapes.Where(shape => shape.Aggregate((nint)1, (product, length) => product * length) <= 450);

    public static Tensor<T> Random<T>(nint[] lengths, int seed = 1)
        where T : INumberBase<T>
    {
        var random = new Random(seed);
        T[] values = new T[lengths.Aggregate((nint)1, (product, length) => product * length)];
        bool isInteger = T.IsInteger(T.CreateTruncating(0.5));
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = isInteger ? T.CreateTruncating(random.Next()) : T.CreateTruncating((random.NextDouble() * 6) - 3);
        }

        return Tensor.Create(values, lengths);
    }

    /// <summary>A dense tensor, one with its dimensions in reverse order in memory, a slice of a larger one, and one that repeats its first dimension.</summary>
    public static IEnumerable<Tensor<T>> Layouts<T>(nint[] lengths)
        where T : INumberBase<T>
    {
        yield return Random<T>(lengths);
        if (lengths.Contains(0))
        {
            yield break;
        }

        yield return Tensor.PermuteDimensions(Random<T>([.. lengths.Reverse()], seed: 2), [.. Enumerable.Range(0, lengths.Length).Reverse()]);
        yield return Random<T>([.. lengths.Select(length => length + 3)], seed: 3).Slice([.. lengths.Select(length => new NRange(2, 2 + length))]);

        nint[] strides = Random<T>(lengths).Strides.ToArray();
        strides[0] = 0;
        yield return Tensor.Create(Random<T>([.. lengths.Skip(1).Prepend(1)], seed: 4).ToArray(), lengths, strides);
    }

    /// <summary>The elements in row-major order.</summary>
    public static T[] Elements<T>(Tensor<T> x) => [.. Indices(x.Lengths.ToArray()).Select(index => x[index.AsSpan()])];

    /// <summary>Every index of a shape, in row-major order.</summary>
    public static IEnumerable<nint[]> Indices(nint[] lengths)
    {
        if (lengths.Length == 0)
        {
            return [[]];
        }

        return from first in Enumerable.Range(0, (int)lengths[0])
               from rest in Indices(lengths[1..])
               select (nint[])[first, .. rest];
    }

    /// <summary>The lines of a tensor along a dimension, in row-major order of the other dimensions.</summary>
    public static IEnumerable<T[]> Lines<T>(Tensor<T> x, int dimension)
    {
        nint[] others = x.Lengths.ToArray();
        nint length = others[dimension];
        others[dimension] = 1;
        foreach (nint[] index in Indices(others))
        {
            var line = new T[length];
            for (nint i = 0; i < length; i++)
            {
                index[dimension] = i;
                line[i] = x[index.AsSpan()];
            }

            yield return line;
        }
    }

    public static double ToDouble<T>(T value)
        where T : INumberBase<T> => double.CreateTruncating(value);

    /// <summary>Half a unit in the last place of 1.</summary>
    public static double UnitOf<T>() =>
        typeof(T) == typeof(float) ? Math.ScaleB(1, -24) : typeof(T) == typeof(Half) ? Math.ScaleB(1, -11) : Math.ScaleB(1, -53);

    /// <summary>The smallest error of a result that a subnormal number cannot avoid.</summary>
    public static double SmallestOf<T>() => typeof(T) == typeof(Half) ? Math.ScaleB(1, -24) : typeof(T) == typeof(float) ? float.Epsilon : double.Epsilon;

    /// <summary>Both NaN, equal, or no further apart than the tolerance.</summary>
    public static void AssertNear(double expected, double actual, double tolerance)
    {
        if (!expected.Equals(actual) && !(Math.Abs(expected - actual) <= tolerance))
        {
            Assert.Fail($"{actual:R} is not within {tolerance} of {expected:R}");
        }
    }

    /// <summary>Runs with one thread and with two, and asserts that the bits are the same.</summary>
    public static void AssertSameBitsOnAnyThreads<T>(Func<Tensor<T>> operation)
    {
        int before = GraphMode.MaxThreads;
        try
        {
            GraphMode.MaxThreads = 1;
            T[] alone = operation().ToArray();
            GraphMode.MaxThreads = 2;
            Assert.Equal(alone, operation().ToArray());
        }
        finally
        {
            GraphMode.MaxThreads = before;
        }
    }
}
