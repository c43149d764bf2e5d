using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;
using GraphWeaver.UnitTests.Runtime.TensorMathematics;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>Kernels that make products themselves run on all that can be computed, with the bits of the functions, and refuse the rest before they write.</summary>
public sealed class KernelProductTests
{
    private static readonly (nint[] Input, nint[] Weights, int Stride, int Padding)[] convolutions =
    [
        ([1, 1, 1, 1], [1, 1, 1, 1], 1, 0), ([2, 3, 8, 9], [4, 3, 3, 3], 1, 1), ([1, 2, 11, 7], [9, 2, 3, 2], 2, 1), ([2, 1, 5, 40], [3, 1, 5, 5], 1, 2),
        ([1, 64, 6, 6], [8, 64, 3, 3], 1, 1), ([3, 2, 7, 7], [17, 2, 1, 1], 3, 0), ([1, 2, 5, 6], [3, 2, 2, 4], 4, 3), ([6, 16, 20, 21], [20, 16, 3, 3], 1, 1),
    ];

    [Fact]
    public void Convolutions_have_the_bits_of_the_function()
    {
        Check<float>(ElementType.Single);
        Check<double>(ElementType.Double);
        Check<Half>(ElementType.Half);
        Check<sbyte>(ElementType.SByte);
        Check<int>(ElementType.Int32);
        Check<ulong>(ElementType.UInt64);

        static void Check<T>(ElementType type)
            where T : INumber<T>
        {
            KernelModule module = Module(type);
            foreach ((nint[] images, nint[] filters, int stride, int padding) in convolutions)
            {
                Tensor<T> bias = TestTensors.Random<T>([filters[0]], seed: 7);
                Tensor<T> terms = TestTensors.Random<T>([filters[0], 1, 1], seed: 8);
                foreach ((Tensor<T> input, Tensor<T> weights) in TestTensors.Layouts<T>(images).Zip(TestTensors.Layouts<T>(filters)))
                {
                    Same(TensorMath.Conv2D(input, weights, stride, padding) * terms, module.Run("Conv2D", input, weights, stride, padding, terms));
                    Same(TensorMath.Conv2D(input, weights, bias, stride, padding) * terms, module.Run("Conv2DWithBias", input, weights, bias, stride, padding, terms));
                    Same(TensorMath.Conv2D(input, weights, stride, padding) * terms, module.Run("Conv2DWithBias", input, weights, null, stride, padding, terms));
                    Tensor<T> whole = TensorMath.Conv2D(input, weights, stride, padding);
                    Same(TensorMath.Conv2D(input, weights, stride, padding) * whole, module.Run("Conv2D", input, weights, stride, padding, whole));
                }
            }
        }

        static void Same<T>(Tensor<T> expected, (bool Ran, object?[] Outputs) actual)
        {
            Assert.True(actual.Ran);
            Assert.Equal(expected.Lengths.ToArray(), ((Tensor<T>)actual.Outputs[0]!).Lengths.ToArray());
            Assert.Equal(expected.ToArray(), ((Tensor<T>)actual.Outputs[0]!).ToArray());
        }
    }

    [Fact]
    public void What_the_function_refuses_or_makes_empty_is_refused()
    {
        KernelModule module = Module(ElementType.Single);
        Tensor<float> x = F([2, 3, 6, 7]);
        Tensor<float> weights = F([4, 3, 3, 3]);
        Tensor<float> bias = F([4]);
        Tensor<float> terms = F([4, 1, 1]);
        Assert.True(Runs(x, weights, bias, 1, 0));
        Assert.False(Runs(null, weights, bias, 1, 0));
        Assert.False(Runs(x, null, bias, 1, 0));
        Assert.False(Runs(F([6, 7]), weights, bias, 1, 0));
        Assert.False(Runs(x, F([4, 3, 3]), bias, 1, 0));
        Assert.False(Runs(x, F([4, 2, 3, 3]), bias, 1, 0));
        Assert.False(Runs(x, F([4, 3, 7, 3]), bias, 1, 0));
        Assert.False(Runs(x, F([4, 3, 0, 3]), bias, 1, 0));
        Assert.False(Runs(x, weights, F([3]), 1, 0));
        Assert.False(Runs(x, weights, F([4, 1]), 1, 0));
        Assert.False(Runs(x, weights, bias, 0, 0));
        Assert.False(Runs(x, weights, bias, 1, -1));
        Assert.False(Runs(F([0, 3, 6, 7]), weights, bias, 1, 0));
        Assert.False(Runs(F([2, 0, 6, 7]), F([4, 0, 3, 3]), bias, 1, 0));
        Assert.False(Runs(x, F([0, 3, 3, 3]), F([0]), 1, 0));
        Assert.False(Runs(F([2, 3, 0, 7]), weights, bias, 1, 2));
        Assert.False(Runs(x, weights, bias, 1, 30_000));
        Assert.False(Runs(x, weights, bias, 1, int.MaxValue));

        bool Runs(Tensor<float>? images, Tensor<float>? filters, Tensor<float>? row, int stride, int padding) =>
            module.Run("Conv2DWithBias", images, filters, row, stride, padding, terms).Ran;
    }

    [Fact]
    public void A_destination_shares_no_memory_with_an_operand()
    {
        var module = new KernelModule();
        var builder = new KernelGraphBuilder();
        KernelValue product = builder.Product(OperatorTable.Row("Conv2DWithBias"), ElementType.Single);
        KernelValue destination = builder.Tensor(ElementType.Single);
        builder.Destination(destination, builder.Node(OperatorTable.Row("Add"), ElementType.Single, [destination, product]), []);
        module.AddKernel("Accumulate", builder.Build());
        Tensor<float> x = F([1, 2, 5, 6]);
        Tensor<float> weights = F([2, 2, 1, 1]);
        Tensor<float> bias = F([2]);
        float[] memory = new float[100];
        Assert.True(Runs(x, weights, bias, At(0, [1, 2, 5, 6])));
        Assert.False(Runs(At(10, [1, 2, 5, 6]), weights, bias, At(0, [1, 2, 5, 6])));
        Assert.False(Runs(x, At(57, [2, 2, 1, 1]), bias, At(0, [1, 2, 5, 6])));
        Assert.False(Runs(x, weights, At(30, [2]), At(0, [1, 2, 5, 6])));
        Assert.True(Runs(x, At(60, [2, 2, 1, 1]), At(64, [2]), At(0, [1, 2, 5, 6])));

        bool Runs(Tensor<float> images, Tensor<float> filters, Tensor<float> row, Tensor<float> into) => module.Run("Accumulate", images, filters, row, 1, 0, into).Ran;

        Tensor<float> At(int start, nint[] lengths)
        {
            nint[] strides = new nint[lengths.Length];
            nint stride = 1;
            for (int dimension = lengths.Length - 1; dimension >= 0; dimension--)
            {
                strides[dimension] = lengths[dimension] == 1 ? 0 : stride;
                stride *= lengths[dimension];
            }

            return Tensor.Create(memory, start, lengths, strides);
        }
    }

    private static KernelModule Module(ElementType type)
    {
        var module = new KernelModule();
        foreach (string name in new[] { "Conv2D", "Conv2DWithBias" })
        {
            var builder = new KernelGraphBuilder();
            KernelValue product = builder.Product(OperatorTable.Row(name), type);
            builder.Output(builder.Node(OperatorTable.Row("Multiply"), type, [product, builder.Tensor(type)]));
            module.AddKernel(name, builder.Build());
        }

        return module;
    }

    private static Tensor<float> F(nint[] lengths) => TestTensors.Random<float>(lengths);
}
