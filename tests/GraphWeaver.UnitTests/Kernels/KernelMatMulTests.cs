using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using GraphWeaver.Compiler.Kernels;
using GraphWeaver.Compiler.Operators;
using GraphWeaver.UnitTests.Runtime.TensorMathematics;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>
/// An element of a product depends on its row and its column alone: its bits are those of the sum in order of the depth, however many rows and columns
/// are beside it, wherever the operands lie, and whatever is done with it afterwards.
/// </summary>
[Collection(nameof(GraphMode))]
public sealed class KernelMatMulTests
{
    private static readonly int[] rowCounts = [.. Enumerable.Range(1, 17), 31, 64, 65, 100];
    private static readonly int[] columnCounts = [1, 7, 16, 31, 32, 33, 75, 130];
    private static readonly int[] depths = [0, 1, 2, 5, 127, 128, 129, 513, 1025];

    [Fact]
    public void Elements_are_sums_in_order_of_the_depth()
    {
        Check<float>((x, y, sum) => Vector128.MultiplyAddEstimate(Vector128.Create(x), Vector128.Create(y), Vector128.Create(sum)).ToScalar());
        Check<double>((x, y, sum) => Vector128.MultiplyAddEstimate(Vector128.Create(x), Vector128.Create(y), Vector128.Create(sum)).ToScalar());

        static void Check<T>(Func<T, T, T, T> multiplyAdd)
            where T : INumber<T>
        {
            int most = rowCounts.Max();
            foreach (int depth in depths)
            {
                foreach (int columns in columnCounts)
                {
                    Tensor<T> x = TestTensors.Random<T>([most, depth], seed: 1);
                    Tensor<T> y = TestTensors.Random<T>([depth, columns], seed: 2);
                    T[] expected = Sums(x.ToArray(), y.ToArray(), most, columns, depth, multiplyAdd);
                    foreach (int rows in rowCounts)
                    {
                        Assert.Equal(expected[..(rows * columns)], TensorMath.MatMul(x.Slice([new NRange(0, rows), NRange.All]), y).ToArray());
                    }
                }
            }
        }
    }

    [Fact]
    public void A_matrix_larger_than_the_cache_is_multiplied_as_a_small_one()
    {
        const int Depth = 1050;
        Tensor<float> x = TestTensors.Random<float>([8, Depth], seed: 1);
        Tensor<float> large = TestTensors.Random<float>([Depth, 1043], seed: 2);
        foreach (int rows in new[] { 1, 5, 8 })
        {
            Tensor<float> left = x.Slice([new NRange(0, rows), NRange.All]);
            Tensor<float> product = TensorMath.MatMul(left, large);
            foreach ((int start, int end) in new[] { (0, 40), (500, 530), (1000, 1043) })
            {
                NRange columns = new(start, end);
                Assert.Equal(
                    TensorMath.MatMul(left, large.Slice([NRange.All, columns])).ToArray(),
                    product.Slice([NRange.All, columns]).ToArray());
            }
        }
    }

    [Fact]
    public void Operands_in_any_layout_have_the_bits_of_their_copies()
    {
        Check<float>();
        Check<double>();

        static void Check<T>()
            where T : INumber<T>
        {
            foreach ((int rows, int columns, int depth) in new[] { (1, 40, 70), (5, 64, 33), (8, 97, 140), (17, 35, 6), (70, 33, 130) })
            {
                foreach (Tensor<T> x in TestTensors.Layouts<T>([rows, depth]))
                {
                    foreach (Tensor<T> y in TestTensors.Layouts<T>([depth, columns]))
                    {
                        Assert.Equal(TensorMath.MatMul(Copy(x), Copy(y)).ToArray(), TensorMath.MatMul(x, y).ToArray());
                    }
                }
            }
        }
    }

    [Fact]
    public void Matrices_of_a_stack_have_the_bits_they_have_alone()
    {
        foreach (int rows in new[] { 1, 3, 8, 70 })
        {
            Tensor<float> x = TestTensors.Random<float>([6, rows, 33], seed: 1);
            Tensor<float> stack = TestTensors.Random<float>([6, 33, 65], seed: 2);
            foreach (Tensor<float> y in new[] { stack, stack.Slice([new NRange(2, 3), NRange.All, NRange.All]), Tensor.PermuteDimensions(TestTensors.Random<float>([6, 65, 33]), [0, 2, 1]) })
            {
                Tensor<float> products = TensorMath.MatMul(x, y);
                for (int matrix = 0; matrix < 6; matrix++)
                {
                    int right = y.Lengths[0] == 1 ? 0 : matrix;
                    Tensor<float> alone = TensorMath.MatMul(Matrix(x, matrix), Matrix(y, right));
                    Assert.Equal(alone.ToArray(), products.Slice([new NRange(matrix, matrix + 1), NRange.All, NRange.All]).ToArray());
                }
            }
        }

        static Tensor<float> Matrix(Tensor<float> stack, int matrix) =>
            Tensor.Reshape(Copy(stack.Slice([new NRange(matrix, matrix + 1), NRange.All, NRange.All])), [stack.Lengths[1], stack.Lengths[2]]);
    }

    [Fact]
    public void Kernels_that_go_on_with_a_product_have_its_bits()
    {
        Check<float>(ElementType.Single);
        Check<double>(ElementType.Double);

        static void Check<T>(ElementType type)
            where T : INumber<T>
        {
            var module = new KernelModule();
            var builder = new KernelGraphBuilder();
            KernelValue product = builder.Product(OperatorTable.Row("MatMul"), type);
            builder.Output(builder.Node(OperatorTable.Row("Multiply"), type, [product, builder.Tensor(type)]));
            module.AddKernel("Scaled", builder.Build());
            foreach (int rows in rowCounts)
            {
                foreach ((int columns, int depth) in new[] { (1, 5), (33, 129), (96, 3), (500, 300) })
                {
                    Tensor<T> x = TestTensors.Random<T>([rows, depth], seed: 1);
                    Tensor<T> y = TestTensors.Random<T>([depth, columns], seed: 2);
                    Tensor<T> factors = TestTensors.Random<T>([columns], seed: 3);
                    (bool ran, object?[] outputs) = module.Run("Scaled", x, y, factors);
                    Assert.True(ran);
                    Assert.Equal((TensorMath.MatMul(x, y) * factors).ToArray(), ((Tensor<T>)outputs[0]!).ToArray());
                }
            }
        }
    }

    [Fact]
    public void Products_of_few_rows_do_not_depend_on_the_number_of_threads()
    {
        Tensor<float> matrix = TestTensors.Random<float>([2100, 1000], seed: 2);
        Tensor<double> doubles = TestTensors.Random<double>([1500, 700], seed: 2);
        foreach (int rows in new[] { 1, 3, 8, 21 })
        {
            TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.MatMul(TestTensors.Random<float>([rows, 2100]), matrix));
            TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.MatMul(TestTensors.Random<float>([rows, 1000]), Tensor.Transpose(matrix)));
            TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.MatMul(TestTensors.Random<double>([rows, 1500]), doubles));
        }
    }

    private static Tensor<T> Copy<T>(Tensor<T> x) => Tensor.Create(TestTensors.Elements(x), x.Lengths);

    private static T[] Sums<T>(T[] x, T[] y, int rows, int columns, int depth, Func<T, T, T, T> multiplyAdd)
        where T : INumber<T>
    {
        var sums = new T[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                T sum = T.Zero;
                for (int p = 0; p < depth; p++)
                {
                    sum = multiplyAdd(x[(row * depth) + p], y[(p * columns) + column], sum);
                }

                sums[(row * columns) + column] = sum;
            }
        }

        return sums;
    }
}
