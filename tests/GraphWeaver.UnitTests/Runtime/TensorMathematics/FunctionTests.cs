using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.UnitTests.Runtime.TensorMathematics;

/// <summary><see cref="TensorMath.Erf"/> and <see cref="TensorMath.Gelu"/> in every layout; VectorMathTests has their accuracy.</summary>
[Collection(nameof(GraphMode))]
public class FunctionTests
{
    [Fact]
    public void Functions_are_applied_to_every_element()
    {
        Check<Half>();
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : IFloatingPointIeee754<T>
        {
            foreach (nint[] shape in TestTensors.SmallShapes)
            {
                foreach (Tensor<T> x in TestTensors.Layouts<T>(shape))
                {
                    Tensor<T> erf = TensorMath.Erf(x);
                    Tensor<T> gelu = TensorMath.Gelu(x);
                    Assert.Equal(shape, erf.Lengths.ToArray());
                    Assert.Equal(shape, gelu.Lengths.ToArray());
                    foreach ((T value, T first, T second) in TestTensors.Elements(x).Zip(erf.ToArray(), gelu.ToArray()))
                    {
                        double exact = TestTensors.ToDouble(value);
                        TestTensors.AssertNear(DoubleDouble.Erf(exact).High, TestTensors.ToDouble(first), 4 * TestTensors.UnitOf<T>());
                        TestTensors.AssertNear(DoubleDouble.Gelu(exact).High, TestTensors.ToDouble(second), (4 * TestTensors.UnitOf<T>() * Math.Abs(exact)) + TestTensors.SmallestOf<T>());
                    }
                }
            }
        }
    }

    [Fact]
    public void Special_values_are_those_of_the_limits()
    {
        Tensor<double> x = Tensor.Create([double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0]);
        Assert.Equal([double.NaN, 1, -1, 0.0, -0.0], TensorMath.Erf(x).ToArray());
        Assert.Equal([double.NaN, double.PositiveInfinity, -0.0, 0.0, -0.0], TensorMath.Gelu(x).ToArray());
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        Tensor<float> x = TestTensors.Random<float>([500, 601]);
        TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.Erf(x));
        TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.Gelu(x));
    }

    [Fact]
    public void Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.Erf<float>(null!));
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.Gelu<Half>(null!));
    }
}
