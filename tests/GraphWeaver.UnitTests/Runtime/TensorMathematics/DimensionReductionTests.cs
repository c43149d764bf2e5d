using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.UnitTests.Runtime.TensorMathematics;

/// <summary>The reductions of <see cref="TensorMath"/> along every dimension of every shape and layout, against plain loops over lines.</summary>
[Collection(nameof(GraphMode))]
public class DimensionReductionTests
{
    [Fact]
    public void Sums_of_integers_wrap_around_and_are_exact()
    {
        Check<sbyte>();
        Check<byte>();
        Check<short>();
        Check<ushort>();
        Check<int>();
        Check<uint>();
        Check<long>();
        Check<ulong>();
        Check<BigInteger>();

        static void Check<T>()
            where T : INumber<T> =>
            CheckAll<T>(TensorMath.Sum, line => line.Aggregate(T.Zero, (sum, value) => unchecked(sum + value)), _ => 0, emptyThrows: false);
    }

    [Fact]
    public void Sums_of_floating_point_numbers_are_within_the_bound()
    {
        CheckNear<Half>(TensorMath.Sum, Enumerable.Sum, Bound<Half>, emptyThrows: false);
        CheckNear<float>(TensorMath.Sum, Enumerable.Sum, Bound<float>, emptyThrows: false);
        CheckNear<double>(TensorMath.Sum, Enumerable.Sum, Bound<double>, emptyThrows: false);
    }

    [Fact]
    public void Means_are_sums_divided_by_the_length()
    {
        CheckNear<Half>(TensorMath.Mean, Mean, line => Bound<Half>(line) / line.Length, emptyThrows: false);
        CheckNear<float>(TensorMath.Mean, Mean, line => Bound<float>(line) / line.Length, emptyThrows: false);
        CheckNear<double>(TensorMath.Mean, Mean, line => Bound<double>(line) / line.Length, emptyThrows: false);

        static double Mean(double[] line) => line.Sum() / line.Length;
    }

    [Fact]
    public void The_largest_and_the_smallest_elements_and_their_places_are_those_of_a_loop()
    {
        Check<sbyte>();
        Check<byte>();
        Check<short>();
        Check<ushort>();
        Check<int>();
        Check<uint>();
        Check<long>();
        Check<ulong>();
        Check<Half>();
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : INumber<T>
        {
            CheckAll<T>(TensorMath.Max, line => line.Aggregate(T.Max), _ => 0, emptyThrows: true);
            CheckAll<T>(TensorMath.Min, line => line.Aggregate(T.Min), _ => 0, emptyThrows: true);
            CheckAll<T, long>(TensorMath.ArgMax, line => Array.IndexOf(line, line.Max()), emptyThrows: true);
        }
    }

    [Fact]
    public void NaN_wins_and_the_first_of_equals_is_found()
    {
        Tensor<float> x = Tensor.Create([1f, float.NaN, 3f, float.NaN, 5f, 5f, float.NegativeInfinity, float.PositiveInfinity], [2, 4]);
        Assert.Equal([float.NaN, float.PositiveInfinity], TensorMath.Max(x, -1).ToArray());
        Assert.Equal([float.NaN, float.NegativeInfinity], TensorMath.Min(x, -1).ToArray());
        Assert.Equal([5f, float.NaN, 3f, float.NaN], TensorMath.Max(x, 0).ToArray());
        Assert.Equal([1L, 3L], TensorMath.ArgMax(x, 1).ToArray());
        Assert.Equal([1L, 0L, 0L, 0L], TensorMath.ArgMax(x, 0).ToArray());
        Assert.Equal([0L, 0L], TensorMath.ArgMax(Tensor.Create([5, 5, 4, 4], [2, 2]), 1).ToArray());
        Assert.Equal([float.NaN, float.NaN], TensorMath.Sum(x, 1).ToArray());
        Assert.Equal([6f, float.NaN], TensorMath.Sum(x, 0).ToArray()[..2]);
    }

    [Fact]
    public void Logarithms_of_sums_of_exponentials_do_not_overflow()
    {
        CheckNear<Half>(TensorMath.LogSumExp, Exact, LogBound<Half>, emptyThrows: false);
        CheckNear<float>(TensorMath.LogSumExp, Exact, LogBound<float>, emptyThrows: false);
        CheckNear<double>(TensorMath.LogSumExp, Exact, LogBound<double>, emptyThrows: false);

        float[] result = TensorMath.LogSumExp(
            Tensor.Create([1000f, 1000f, -1000f, -1000f, float.PositiveInfinity, 0f, float.NegativeInfinity, float.NegativeInfinity, float.NaN, 0f], [5, 2]), 1).ToArray();
        Assert.Equal(1000 + MathF.Log(2), result[0], 1e-4f);
        Assert.Equal(-1000 + MathF.Log(2), result[1], 1e-4f);
        Assert.Equal([float.PositiveInfinity, float.NegativeInfinity, float.NaN], result[2..]);
        Assert.Equal(
            result,
            TensorMath.LogSumExp(Tensor.Create([1000f, -1000f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1000f, -1000f, 0f, float.NegativeInfinity, 0f], [2, 5]), 0).ToArray());

        static double Exact(double[] line) => Math.Log(line.Sum(Math.Exp));
        static double LogBound<T>(double[] line) => TestTensors.UnitOf<T>() * (line.Length + 16);
    }

    [Fact]
    public void Running_sums_are_those_of_a_loop()
    {
        foreach (nint[] shape in TestTensors.Shapes)
        {
            Check<int>(shape);
            Check<byte>(shape);
            Check<float>(shape);
            Check<double>(shape);
            CheckHalf(shape);
        }

        static void Check<T>(nint[] shape)
            where T : INumber<T>
        {
            foreach (Tensor<T> x in TestTensors.Layouts<T>(shape))
            {
                for (int dimension = 0; dimension < shape.Length; dimension++)
                {
                    T[][] sums = [.. TestTensors.Lines(TensorMath.CumulativeSum(x, dimension - shape.Length), dimension)];
                    T[][] lines = [.. TestTensors.Lines(x, dimension)];
                    for (int line = 0; line < lines.Length; line++)
                    {
                        T sum = T.Zero;
                        Assert.Equal(lines[line].Select(value => sum = unchecked(sum + value)), sums[line]);
                    }
                }
            }
        }

        static void CheckHalf(nint[] shape)
        {
            Tensor<Half> x = TestTensors.Random<Half>(shape);
            Tensor<float> wide = TensorMath.CumulativeSum(Tensor.ConvertTruncating<Half, float>(x), 0);
            Assert.Equal(wide.ToArray().Select(value => (Half)value), TensorMath.CumulativeSum(x, 0).ToArray());
        }
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        Tensor<float> x = TestTensors.Random<float>([64, 33, 700]);
        for (int i = 0; i < 3; i++)
        {
            int dimension = i;
            TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.Sum(x, dimension));
            TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.Mean(x, dimension));
            TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.Max(x, dimension));
            TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.ArgMax(x, dimension));
            TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.CumulativeSum(x, dimension));
            TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.LogSumExp(x, dimension));
        }
    }

    [Fact]
    public void Dimensions_that_are_not_there_and_tensors_that_are_null_are_refused()
    {
        Tensor<float> x = TestTensors.Random<float>([2, 3]);
        foreach (int dimension in new[] { 2, -3, int.MaxValue, int.MinValue })
        {
            Assert.Throws<ArgumentOutOfRangeException>("dimension", () => TensorMath.Sum(x, dimension));
            Assert.Throws<ArgumentOutOfRangeException>("dimension", () => TensorMath.Max(x, dimension));
            Assert.Throws<ArgumentOutOfRangeException>("dimension", () => TensorMath.Min(x, dimension));
            Assert.Throws<ArgumentOutOfRangeException>("dimension", () => TensorMath.Mean(x, dimension));
            Assert.Throws<ArgumentOutOfRangeException>("dimension", () => TensorMath.ArgMax(x, dimension));
            Assert.Throws<ArgumentOutOfRangeException>("dimension", () => TensorMath.LogSumExp(x, dimension));
            Assert.Throws<ArgumentOutOfRangeException>("dimension", () => TensorMath.CumulativeSum(x, dimension));
        }

        Assert.Throws<ArgumentNullException>("x", () => TensorMath.Sum<float>(null!, 0));
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.Sum<Half>(null!, 0));
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.Max<float>(null!, 0));
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.Min<float>(null!, 0));
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.Mean<float>(null!, 0));
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.ArgMax<float>(null!, 0));
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.LogSumExp<float>(null!, 0));
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.CumulativeSum<float>(null!, 0));
    }

    private static double Bound<T>(double[] line) => TestTensors.UnitOf<T>() * (line.Length + 2) * line.Sum(Math.Abs);

    private static void CheckNear<T>(
        Func<Tensor<T>, int, bool, Tensor<T>> reduce, Func<double[], double> exact, Func<double[], double> bound, bool emptyThrows)
        where T : INumber<T> =>
        CheckAll(reduce, line => T.CreateTruncating(exact(ToDoubles(line))), line => bound(ToDoubles(line)), emptyThrows);

    private static void CheckAll<T>(Func<Tensor<T>, int, bool, Tensor<T>> reduce, Func<T[], T> exact, Func<T[], double> bound, bool emptyThrows)
        where T : INumber<T> =>
        CheckLines(reduce, emptyThrows, (line, actual) =>
        {
            T expected = exact(line);
            if (expected != actual)
            {
                TestTensors.AssertNear(TestTensors.ToDouble(expected), TestTensors.ToDouble(actual), bound(line));
            }
        });

    private static void CheckAll<T, TResult>(Func<Tensor<T>, int, bool, Tensor<TResult>> reduce, Func<T[], TResult> exact, bool emptyThrows)
        where T : INumber<T> =>
        CheckLines(reduce, emptyThrows, (line, actual) => Assert.Equal(exact(line), actual));

    private static void CheckLines<T, TResult>(Func<Tensor<T>, int, bool, Tensor<TResult>> reduce, bool emptyThrows, Action<T[], TResult> check)
        where T : INumber<T>
    {
        foreach (nint[] shape in TestTensors.Shapes)
        {
            foreach (Tensor<T> x in TestTensors.Layouts<T>(shape))
            {
                for (int dimension = 0; dimension < shape.Length; dimension++)
                {
                    if (shape[dimension] == 0 && emptyThrows)
                    {
                        Assert.Throws<ArgumentException>("x", () => reduce(x, dimension, false));
                        continue;
                    }

                    Tensor<TResult> kept = reduce(x, dimension, true);
                    Assert.Equal(shape.Select((length, position) => position == dimension ? 1 : length), kept.Lengths.ToArray());
                    Assert.True(kept.IsDense);
                    TResult[] actual = kept.ToArray();
                    T[][] lines = [.. TestTensors.Lines(x, dimension)];
                    Assert.Equal(lines.Length, actual.Length);
                    for (int line = 0; line < lines.Length; line++)
                    {
                        check(lines[line], actual[line]);
                    }

                    Tensor<TResult> left = reduce(x, dimension - shape.Length, false);
                    Assert.Equal(shape.Length == 1 ? [1] : shape.Where((_, position) => position != dimension), left.Lengths.ToArray());
                    Assert.Equal(actual, left.ToArray());
                }
            }
        }
    }

    private static double[] ToDoubles<T>(T[] line)
        where T : INumber<T> => [.. line.Select(TestTensors.ToDouble)];
}
