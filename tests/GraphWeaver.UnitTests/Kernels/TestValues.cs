using System.Numerics.Tensors;
using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>Operands with every special value among ordinary ones, repeatable, and the comparison of results.</summary>
internal static class TestValues
{
    /// <summary>
    /// Sizes around every vector width, a tile, several tiles, and (only in the first process: chunks know no widths) several chunks.
    /// </summary>
    public static IReadOnlyList<int> Sizes { get; } =
        [
            1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 33, 64, 511, 512, 513, 1000, 1025, 4099,
            .. KernelWidthTests.IsChild ? Array.Empty<int>() : [200_003],
        ];

    /// <summary>A dense tensor of one dimension. <paramref name="isTame"/> leaves out what makes eager integer operators throw.</summary>
    public static object Tensor(ElementType type, int size, int seed, bool isTame) => type switch
    {
        ElementType.Single => System.Numerics.Tensors.Tensor.Create(Singles(size, seed)),
        ElementType.Double => System.Numerics.Tensors.Tensor.Create(Doubles(size, seed)),
        ElementType.Int32 => System.Numerics.Tensors.Tensor.Create(
            Array.ConvertAll(Longs(size, seed, isTame, int.MinValue, int.MaxValue), value => (int)value)),
        ElementType.Boolean => System.Numerics.Tensors.Tensor.Create(Fill(size, seed, [true, false], random => random.Next(3) == 0)),
        _ => System.Numerics.Tensors.Tensor.Create(Longs(size, seed, isTame, long.MinValue, long.MaxValue)),
    };

    public static object Scalar(ElementType type, double value) => Convert.ChangeType(value, EagerOperators.Clr(type));

    /// <summary>A tensor of given elements, of the type the first one has.</summary>
    public static object Tensor(object[] values) => values[0] switch
    {
        float => System.Numerics.Tensors.Tensor.Create(Array.ConvertAll(values, value => (float)value)),
        double => System.Numerics.Tensors.Tensor.Create(Array.ConvertAll(values, value => (double)value)),
        int => System.Numerics.Tensors.Tensor.Create(Array.ConvertAll(values, value => (int)value)),
        bool => System.Numerics.Tensors.Tensor.Create(Array.ConvertAll(values, value => (bool)value)),
        _ => System.Numerics.Tensors.Tensor.Create(Array.ConvertAll(values, value => (long)value)),
    };

    /// <summary>The elements of a tensor as boxed values, or the scalar itself.</summary>
    public static object[] Elements(object? result) => result switch
    {
        Tensor<float> tensor => Flat(tensor),
        Tensor<double> tensor => Flat(tensor),
        Tensor<int> tensor => Flat(tensor),
        Tensor<long> tensor => Flat(tensor),
        Tensor<bool> tensor => Flat(tensor),
        null => throw new ArgumentNullException(nameof(result)),
        _ => [result],
    };

    /// <summary>
    /// Distance in units of the last place; 0 for equal bits or two NaNs, infinite where one is NaN or the signs of large values differ.
    /// </summary>
    public static double Ulps(object actual, object expected) => (actual, expected) switch
    {
        (float a, float b) => a.Equals(b) && (float.IsNaN(a) || float.IsNegative(a) == float.IsNegative(b)) ? 0
            : float.IsNaN(a) || float.IsNaN(b) ? double.PositiveInfinity
            : Math.Max(0.5, (double)Int128.Abs(
                Ordinal(BitConverter.SingleToInt32Bits(a), int.MinValue) - Ordinal(BitConverter.SingleToInt32Bits(b), int.MinValue))),
        (double a, double b) => a.Equals(b) && (double.IsNaN(a) || double.IsNegative(a) == double.IsNegative(b)) ? 0
            : double.IsNaN(a) || double.IsNaN(b) ? double.PositiveInfinity
            : Math.Max(0.5, (double)Int128.Abs(
                Ordinal(BitConverter.DoubleToInt64Bits(a), long.MinValue) - Ordinal(BitConverter.DoubleToInt64Bits(b), long.MinValue))),
        _ => actual.Equals(expected) ? 0 : double.PositiveInfinity,
    };

    private static Int128 Ordinal(long bits, Int128 signBit) => bits < 0 ? signBit - bits : bits;

    private static object[] Flat<T>(Tensor<T> tensor)
    {
        var elements = new T[tensor.FlattenedLength];
        tensor.FlattenTo(elements);
        return Array.ConvertAll(elements, element => (object)element!);
    }

    private static float[] Singles(int size, int seed)
    {
        float[] special =
        [
            0f, -0f, 1f, -1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon, 1e-39f,
            float.MaxValue, float.MinValue, 88.7f, -87.4f, 0.5f, 2.5f, -3.5f, 1e-8f, 1.17549435e-38f,
        ];
        return Fill(size, seed, special, random => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-3, 3)));
    }

    private static double[] Doubles(int size, int seed)
    {
        double[] special =
        [
            0d, -0d, 1d, -1d, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon, 1e-310,
            double.MaxValue, double.MinValue, 709.7, -745.2, 0.5, 2.5, -3.5, 1e-17, 2.2250738585072014e-308,
        ];
        return Fill(size, seed, special, random => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 3)));
    }

    private static long[] Longs(int size, int seed, bool isTame, long minimum, long maximum)
    {
        long[] special = isTame ? [1, 2, -7, 13, maximum, minimum + 1, 100] : [0, 1, -1, 2, -7, maximum, minimum, minimum + 1, 100];
        return Fill(size, seed, special, random => random.Next(4) == 0 ? random.NextInt64(minimum + 1, -1) : random.Next(1, 1000));
    }

    private static T[] Fill<T>(int size, int seed, T[] special, Func<Random, T> ordinary)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, size).Select(index =>
            random.Next(4) == 0 || index < 2 ? special[random.Next(special.Length)] : ordinary(random)).ToArray();
    }
}
