using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.UnitTests.Runtime.TensorMathematics;

/// <summary><see cref="TensorMath.SoftMax"/> and <see cref="TensorMath.LayerNorm"/> against the formulas in double.</summary>
[Collection(nameof(GraphMode))]
public class SoftMaxTests
{
    [Fact]
    public void Soft_maxima_are_exponentials_divided_by_their_sum()
    {
        Check<Half>();
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : IFloatingPointIeee754<T>
        {
            foreach (nint[] shape in TestTensors.Shapes)
            {
                foreach (Tensor<T> x in TestTensors.Layouts<T>(shape))
                {
                    for (int dimension = 0; dimension < shape.Length; dimension++)
                    {
                        Tensor<T> result = TensorMath.SoftMax(x, dimension - shape.Length);
                        Assert.Equal(shape, result.Lengths.ToArray());
                        foreach ((T[] line, T[] actual) in TestTensors.Lines(x, dimension).Zip(TestTensors.Lines(result, dimension)))
                        {
                            double sum = line.Sum(value => Math.Exp(TestTensors.ToDouble(value)));
                            for (int i = 0; i < line.Length; i++)
                            {
                                double expected = Math.Exp(TestTensors.ToDouble(line[i])) / sum;
                                double tolerance = (TestTensors.UnitOf<T>() * (line.Length + 20) * expected) + TestTensors.SmallestOf<T>();
                                TestTensors.AssertNear(expected, TestTensors.ToDouble(actual[i]), tolerance);
                            }
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Large_elements_do_not_overflow_and_infinities_and_NaN_take_their_line()
    {
        Tensor<float> x = Tensor.Create(
            [1e30f, 1e30f, -1e30f, -1e30f, float.NegativeInfinity, 0f, float.PositiveInfinity, 0f, float.NaN, 0f], [5, 2]);
        float[] expected = [0.5f, 0.5f, 0.5f, 0.5f, 0f, 1f, float.NaN, 0f, float.NaN, float.NaN];
        float[] rows = TensorMath.SoftMax(x).ToArray();
        Assert.Equal(expected[..6], rows[..6]);
        Assert.Equal([float.NaN, float.NaN, float.NaN], [rows[6], rows[8], rows[9]]);
        Assert.Equal(rows, Tensor.Transpose(TensorMath.SoftMax(Tensor.Transpose(x), 0)).ToArray());
    }

    [Fact]
    public void Layers_are_normalised_by_rows()
    {
        Check<Half>(16);
        Check<float>(16);
        Check<double>(16);

        static void Check<T>(double factor)
            where T : IFloatingPointIeee754<T>
        {
            foreach (nint[] shape in TestTensors.Shapes.Where(shape => shape[^1] != 1))
            {
                Tensor<T> gamma = TestTensors.Random<T>([shape[^1]], seed: 8);
                Tensor<T> beta = TestTensors.Random<T>([shape[^1]], seed: 9);
                foreach (Tensor<T> x in TestTensors.Layouts<T>(shape))
                {
                    Tensor<T> result = TensorMath.LayerNorm(x, gamma, beta, T.CreateTruncating(0.01));
                    Assert.Equal(shape, result.Lengths.ToArray());
                    foreach ((T[] line, T[] actual) in TestTensors.Lines(x, shape.Length - 1).Zip(TestTensors.Lines(result, shape.Length - 1)))
                    {
                        double[] values = [.. line.Select(TestTensors.ToDouble)];
                        double mean = values.Sum() / values.Length;
                        double deviation = Math.Sqrt((values.Sum(value => (value - mean) * (value - mean)) / values.Length) + TestTensors.ToDouble(T.CreateTruncating(0.01)));
                        for (int i = 0; i < values.Length; i++)
                        {
                            double scale = TestTensors.ToDouble(gamma[i]);
                            double shift = TestTensors.ToDouble(beta[i]);
                            double size = ((Math.Abs(values[i]) + 3) / deviation * Math.Abs(scale)) + Math.Abs(shift);
                            TestTensors.AssertNear(
                                ((values[i] - mean) / deviation * scale) + shift, TestTensors.ToDouble(actual[i]), TestTensors.UnitOf<T>() * (values.Length + factor) * size);
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        Tensor<float> x = TestTensors.Random<float>([64, 33, 200]);
        Tensor<float> row = TestTensors.Random<float>([200], seed: 2);
        for (int i = 0; i < 3; i++)
        {
            int dimension = i;
            TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.SoftMax(x, dimension));
        }

        TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.LayerNorm(x, row, row, 1e-5f));
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Tensor<float> x = TestTensors.Random<float>([2, 3]);
        Tensor<float> row = TestTensors.Random<float>([3]);
        Tensor<float> column = TestTensors.Random<float>([2]);
        Assert.Throws<ArgumentOutOfRangeException>("dimension", () => TensorMath.SoftMax(x, 2));
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.SoftMax<float>(null!));
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.LayerNorm(null!, row, row, 1f));
        Assert.Throws<ArgumentNullException>("gamma", () => TensorMath.LayerNorm(x, null!, row, 1f));
        Assert.Throws<ArgumentNullException>("beta", () => TensorMath.LayerNorm(x, row, null!, 1f));
        Assert.Throws<ArgumentException>("gamma", () => TensorMath.LayerNorm(x, column, row, 1f));
        Assert.Throws<ArgumentException>("beta", () => TensorMath.LayerNorm(x, row, x, 1f));
    }
}
