using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.UnitTests.Runtime.TensorMathematics;

/// <summary>Convolution and pooling of images against the definitions. Run them also without AVX-512 and AVX2: other tiles are chosen.</summary>
[Collection(nameof(GraphMode))]
public class ConvolutionTests
{
    private static readonly (nint[] Input, nint[] Weights, int Stride, int Padding)[] cases =
    [
        ([1, 1, 1, 1], [1, 1, 1, 1], 1, 0), ([2, 3, 8, 9], [4, 3, 3, 3], 1, 0), ([2, 3, 8, 9], [4, 3, 3, 3], 1, 1), ([1, 2, 11, 7], [9, 2, 3, 2], 2, 1),
        ([2, 1, 5, 40], [3, 1, 5, 5], 1, 2), ([1, 64, 6, 6], [8, 64, 3, 3], 1, 1), ([3, 2, 7, 7], [17, 2, 1, 1], 3, 0), ([1, 1, 2, 2], [1, 1, 3, 3], 1, 2),
        ([2, 2, 4, 4], [2, 2, 4, 4], 1, 4), ([0, 2, 4, 4], [2, 2, 3, 3], 1, 0), ([1, 0, 4, 4], [2, 0, 3, 3], 1, 0), ([1, 2, 4, 4], [0, 2, 3, 3], 1, 0),
        ([1, 2, 5, 6], [3, 2, 2, 4], 4, 3),
    ];

    [Fact]
    public void Convolutions_are_sums_over_windows()
    {
        Check<byte>();
        Check<short>();
        Check<int>();
        Check<long>();
        Check<Half>();
        Check<float>();
        Check<double>();
        Check<decimal>();

        static void Check<T>()
            where T : INumber<T>
        {
            foreach ((nint[] inputs, nint[] filters, int stride, int padding) in cases)
            {
                Tensor<T> bias = TestTensors.Random<T>([filters[0]], seed: 7);
                foreach ((Tensor<T> input, Tensor<T> weights) in TestTensors.Layouts<T>(inputs).Zip(TestTensors.Layouts<T>(filters)))
                {
                    AssertConvolution(input, weights, null, stride, padding, TensorMath.Conv2D(input, weights, stride, padding));
                    AssertConvolution(input, weights, bias, stride, padding, TensorMath.Conv2D(input, weights, bias, stride, padding));
                }
            }
        }
    }

    [Fact]
    public void Pools_reduce_windows()
    {
        Check<sbyte>();
        Check<int>();
        Check<ulong>();
        Check<Half>();
        Check<float>();
        Check<double>();
        foreach ((int size, int stride) in new[] { (1, 1), (2, 2), (3, 1), (3, 2), (2, 3), (5, 5) })
        {
            foreach (Tensor<float> x in TestTensors.Layouts<float>([2, 3, 7, 9]))
            {
                AssertPool(x, size, stride, TensorMath.AveragePool2D(x, size, stride), window => window.Average(), tolerance: 1e-6);
            }

            Tensor<Half> halves = TestTensors.Random<Half>([2, 3, 7, 9]);
            AssertPool(halves, size, stride, TensorMath.AveragePool2D(halves, size, stride), window => window.Average(value => (double)value), tolerance: 2e-3);
        }

        static void Check<T>()
            where T : INumber<T>
        {
            foreach ((int size, int stride) in new[] { (1, 1), (2, 2), (3, 1), (3, 2), (2, 3), (5, 5) })
            {
                foreach (Tensor<T> x in TestTensors.Layouts<T>([2, 3, 7, 9]))
                {
                    AssertPool(x, size, stride, TensorMath.MaxPool2D(x, size, stride), window => TestTensors.ToDouble(window.Aggregate(T.Max)), tolerance: 0);
                }
            }
        }
    }

    [Fact]
    public void NaN_wins_its_windows()
    {
        Tensor<float> x = TestTensors.Random<float>([1, 1, 4, 4]);
        x[0, 0, 1, 2] = float.NaN;
        Assert.Equal([false, true, false, false], TensorMath.MaxPool2D(x, 2, 2).ToArray().Select(float.IsNaN));
        Assert.Equal([false, true, false, false], TensorMath.AveragePool2D(x, 2, 2).ToArray().Select(float.IsNaN));
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        Tensor<float> x = TestTensors.Random<float>([8, 16, 40, 41]);
        Tensor<float> weights = TestTensors.Random<float>([20, 16, 3, 3], seed: 2);
        TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.Conv2D(x, weights, padding: 1));
        TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.MaxPool2D(x, 2, 1));
        TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.AveragePool2D(x, 3, 2));
        Tensor<int> integers = TestTensors.Random<int>([8, 4, 40, 41]);
        TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.Conv2D(integers, TestTensors.Random<int>([5, 4, 3, 3])));
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Tensor<float> x = TestTensors.Random<float>([1, 2, 5, 5]);
        Tensor<float> weights = TestTensors.Random<float>([3, 2, 3, 3]);
        Tensor<float> matrix = TestTensors.Random<float>([5, 5]);
        Assert.Throws<ArgumentNullException>("input", () => TensorMath.Conv2D(null!, weights));
        Assert.Throws<ArgumentNullException>("weights", () => TensorMath.Conv2D(x, null!));
        Assert.Throws<ArgumentException>("input", () => TensorMath.Conv2D(matrix, weights));
        Assert.Throws<ArgumentException>("weights", () => TensorMath.Conv2D(x, matrix));
        Assert.Throws<ArgumentException>("weights", () => TensorMath.Conv2D(x, TestTensors.Random<float>([3, 1, 3, 3])));
        Assert.Throws<ArgumentException>("weights", () => TensorMath.Conv2D(x, TestTensors.Random<float>([3, 2, 6, 3])));
        Assert.Throws<ArgumentException>("weights", () => TensorMath.Conv2D(x, TestTensors.Random<float>([3, 2, 0, 3])));
        Assert.Throws<ArgumentException>("bias", () => TensorMath.Conv2D(x, weights, TestTensors.Random<float>([2])));
        Assert.Throws<ArgumentOutOfRangeException>("stride", () => TensorMath.Conv2D(x, weights, stride: 0));
        Assert.Throws<ArgumentOutOfRangeException>("padding", () => TensorMath.Conv2D(x, weights, padding: -1));
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.MaxPool2D<float>(null!, 1, 1));
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.AveragePool2D<float>(null!, 1, 1));
        Assert.Throws<ArgumentException>("x", () => TensorMath.MaxPool2D(matrix, 1, 1));
        Assert.Throws<ArgumentException>("x", () => TensorMath.AveragePool2D(x, 6, 1));
        Assert.Throws<ArgumentOutOfRangeException>("size", () => TensorMath.MaxPool2D(x, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("stride", () => TensorMath.AveragePool2D(x, 1, 0));
    }

    private static void AssertConvolution<T>(Tensor<T> input, Tensor<T> weights, Tensor<T>? bias, int stride, int padding, Tensor<T> actual)
        where T : INumber<T>
    {
        nint rows = ((input.Lengths[2] + (2 * padding) - weights.Lengths[2]) / stride) + 1;
        nint columns = ((input.Lengths[3] + (2 * padding) - weights.Lengths[3]) / stride) + 1;
        Assert.Equal([input.Lengths[0], weights.Lengths[0], rows, columns], actual.Lengths.ToArray());
        bool isInteger = T.IsInteger(T.CreateTruncating(0.5));
        foreach (nint[] at in TestTensors.Indices([.. actual.Lengths]))
        {
            T exact = bias is null ? T.Zero : bias[at[1]];
            double sum = TestTensors.ToDouble(exact);
            double size = Math.Abs(sum);
            foreach (nint[] place in TestTensors.Indices([.. weights.Lengths[1..]]))
            {
                nint row = (at[2] * stride) + place[1] - padding;
                nint column = (at[3] * stride) + place[2] - padding;
                if (row >= 0 && row < input.Lengths[2] && column >= 0 && column < input.Lengths[3])
                {
                    T x = input[at[0], place[0], row, column];
                    T weight = weights[at[1], place[0], place[1], place[2]];
                    exact = unchecked(exact + (x * weight));
                    sum += TestTensors.ToDouble(x) * TestTensors.ToDouble(weight);
                    size += Math.Abs(TestTensors.ToDouble(x) * TestTensors.ToDouble(weight));
                }
            }

            T element = actual[at.AsSpan()];
            if (isInteger)
            {
                Assert.Equal(exact, element);
            }
            else
            {
                double terms = 2 + (double)(weights.FlattenedLength / nint.Max(1, weights.Lengths[0]));
                TestTensors.AssertNear(sum, TestTensors.ToDouble(element), TestTensors.UnitOf<T>() * terms * size);
            }
        }
    }

    private static void AssertPool<T>(Tensor<T> x, int size, int stride, Tensor<T> actual, Func<IEnumerable<T>, double> reduce, double tolerance)
        where T : INumber<T>
    {
        Assert.Equal([2, 3, ((7 - size) / stride) + 1, ((9 - size) / stride) + 1], actual.Lengths.ToArray());
        foreach (nint[] at in TestTensors.Indices([.. actual.Lengths]))
        {
            IEnumerable<T> window = TestTensors.Indices([size, size]).Select(place => x[at[0], at[1], (at[2] * stride) + place[0], (at[3] * stride) + place[1]]);
            TestTensors.AssertNear(reduce(window), TestTensors.ToDouble(actual[at.AsSpan()]), tolerance);
        }
    }
}
