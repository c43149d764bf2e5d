using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.UnitTests.Runtime.TensorMathematics;

namespace GraphWeaver.UnitTests.Runtime;

/// <summary><see cref="TensorMath.MatMul{T}"/> against the definition. Run them also without AVX-512 and AVX2: other tiles are chosen.</summary>
[Collection(nameof(GraphMode))]
public class MatMulTests
{
    public static IEnumerable<object[]> Shapes =>
    [
        [1, 1, 1], [1, 7, 5], [5, 1, 7], [7, 5, 1], [8, 32, 16], [8, 16, 512], [9, 33, 17], [16, 64, 513], [33, 31, 1030], [3, 100, 3], [70, 65, 64],
        [0, 3, 4], [3, 0, 4], [3, 4, 0], [200, 40, 50],
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_product_of_float_matrices_is_the_sum_of_products(int rows, int columns, int depth) =>
        Check<float>(rows, columns, depth, tolerance: 1.2e-7);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_product_of_double_matrices_is_the_sum_of_products(int rows, int columns, int depth) =>
        Check<double>(rows, columns, depth, tolerance: 2.3e-16);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_product_of_integer_matrices_is_exact(int rows, int columns, int depth)
    {
        Check<int>(rows, columns, depth, tolerance: 0);
        Check<long>(rows, columns, depth, tolerance: 0);
        Check<BigInteger>(rows, columns, depth, tolerance: 0);
    }

    [Fact]
    public void Transposed_and_sliced_matrices_are_multiplied_as_they_read()
    {
        Tensor<float> x = Create<float>(11, 13, seed: 1);
        Tensor<float> y = Create<float>(11, 9, seed: 2);
        Tensor<float> slice = Create<float>(20, 40, seed: 3).Slice([2..11, 5..12]);

        AssertProduct(Tensor.Transpose(x), y, TensorMath.MatMul(Tensor.Transpose(x), y), 1.2e-7);
        AssertProduct(y, slice, TensorMath.MatMul(y, slice), 1.2e-7);
        AssertProduct(slice, Tensor.Transpose(slice), TensorMath.MatMul(slice, Tensor.Transpose(slice)), 1.2e-7);
    }

    [Fact]
    public void Stacks_of_matrices_are_multiplied_one_by_one_and_broadcast()
    {
        (nint[] X, nint[] Y, nint[] Result)[] cases =
        [
            ([2, 3, 4], [2, 4, 5], [2, 3, 5]), ([2, 3, 4], [4, 5], [2, 3, 5]), ([3, 4], [6, 4, 33], [6, 3, 33]), ([2, 1, 9, 4], [3, 4, 5], [2, 3, 9, 5]),
            ([4, 1, 70, 8], [1, 3, 8, 40], [4, 3, 70, 40]), ([0, 3, 4], [4, 5], [0, 3, 5]), ([2, 3, 0], [2, 0, 5], [2, 3, 5]), ([1, 3, 4], [7, 4, 1], [7, 3, 1]),
        ];
        foreach ((nint[] xs, nint[] ys, nint[] lengths) in cases)
        {
            Check<float>(xs, ys, lengths, 1.2e-7);
            Check<double>(xs, ys, lengths, 2.3e-16);
            Check<Half>(xs, ys, lengths, 1e-3);
            Check<int>(xs, ys, lengths, 0);
            Check<ushort>(xs, ys, lengths, 0);
        }

        static void Check<T>(nint[] xs, nint[] ys, nint[] lengths, double tolerance)
            where T : INumber<T>
        {
            foreach ((Tensor<T> x, Tensor<T> y) in TestTensors.Layouts<T>(xs).SelectMany(x => TestTensors.Layouts<T>(ys), (x, y) => (x, y)))
            {
                Tensor<T> product = TensorMath.MatMul(x, y);
                Assert.Equal(lengths, product.Lengths.ToArray());
                foreach (nint[] at in TestTensors.Indices(lengths))
                {
                    T exact = T.Zero;
                    double sum = 0;
                    double size = 0;
                    for (nint p = 0; p < xs[^1]; p++)
                    {
                        T left = At(x, [.. at[..^2], at[^2], p]);
                        T right = At(y, [.. at[..^2], p, at[^1]]);
                        exact = unchecked(exact + (left * right));
                        sum += double.CreateTruncating(left) * double.CreateTruncating(right);
                        size += Math.Abs(double.CreateTruncating(left) * double.CreateTruncating(right));
                    }

                    T element = product[at.AsSpan()];
                    Assert.True(
                        tolerance == 0 ? exact == element : Math.Abs(sum - double.CreateTruncating(element)) <= tolerance * (xs[^1] + 1) * size,
                        $"{element} is not {exact}");
                }
            }
        }

        static T At<T>(Tensor<T> tensor, nint[] index) =>
            tensor[index[^tensor.Rank..].Select((position, dimension) => tensor.Lengths[dimension] == 1 ? 0 : position).ToArray().AsSpan()];
    }

    [Fact]
    public void Transposed_operands_have_the_bits_of_their_copies()
    {
        foreach ((int rows, int columns) in new[] { (90, 75), (1100, 130), (9, 1025) })
        {
            Tensor<float> x = Tensor.Transpose(Create<float>(700, rows, seed: 1));
            Tensor<float> y = Tensor.Transpose(Create<float>(columns, 700, seed: 2));
            Tensor<float> copied = TensorMath.MatMul(Tensor.Create(x.ToArray(), x.Lengths), Tensor.Create(y.ToArray(), y.Lengths));
            Assert.Equal(copied.ToArray(), TensorMath.MatMul(x, y).ToArray());
        }
    }

    /// <summary>A matrix of more than four megabytes passes through the cache in blocks where the rows are few; where they are many, panels of it are copied.</summary>
    [Fact]
    public void Few_rows_times_a_large_matrix_have_the_bits_of_the_same_rows_among_many()
    {
        Tensor<float> x = Create<float>(70, 1003, seed: 1);
        Tensor<float> y = Create<float>(1003, 1100, seed: 2);
        int before = GraphMode.MaxThreads;
        try
        {
            float[] many = TensorMath.MatMul(x, y).ToArray();
            foreach ((int rows, int threads) in new[] { (1, 2), (5, 1), (8, 1), (8, 2), (8, 8), (9, 2) })
            {
                GraphMode.MaxThreads = threads;
                Assert.Equal(many[..(rows * 1100)], TensorMath.MatMul(x[..rows, ..], y).ToArray());
            }
        }
        finally
        {
            GraphMode.MaxThreads = before;
        }
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_threads()
    {
        Tensor<double> stack = TestTensors.Random<double>([12, 50, 60]);
        TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.MatMul(stack, Tensor.PermuteDimensions(stack, [0, 2, 1])));
        Tensor<short> shorts = TestTensors.Random<short>([12, 50, 60]);
        TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.MatMul(shorts, Tensor.PermuteDimensions(shorts, [0, 2, 1])));

        Tensor<float> x = Create<float>(203, 301, seed: 1);
        Tensor<float> y = Create<float>(301, 517, seed: 2);
        int before = GraphMode.MaxThreads;
        try
        {
            GraphMode.MaxThreads = 1;
            float[] alone = TensorMath.MatMul(x, y).ToArray();
            foreach (int threads in new[] { 2, 3, 8 })
            {
                GraphMode.MaxThreads = threads;
                Assert.Equal(alone, TensorMath.MatMul(x, y).ToArray());
            }
        }
        finally
        {
            GraphMode.MaxThreads = before;
        }
    }

    [Fact]
    public void A_NaN_reaches_its_row_only()
    {
        Tensor<float> x = Create<float>(9, 5, seed: 1);
        Tensor<float> y = Create<float>(5, 33, seed: 2);
        x[8, 2] = float.NaN;
        Tensor<float> product = TensorMath.MatMul(x, y);
        for (nint i = 0; i < 9; i++)
        {
            for (nint j = 0; j < 33; j++)
            {
                Assert.Equal(i == 8, float.IsNaN(product[i, j]));
            }
        }
    }

    [Fact]
    public void Integer_products_wrap_around() =>
        Assert.Equal(unchecked(int.MaxValue * 3), TensorMath.MatMul(Tensor.Create([int.MaxValue], [1, 1]), Tensor.Create([3], [1, 1]))[0, 0]);

    [Fact]
    public void Arguments_that_are_no_matrices_or_do_not_fit_are_refused()
    {
        Tensor<float> matrix = Create<float>(2, 3, seed: 1);
        Tensor<float> vector = Tensor.Create([1f, 2f, 3f]);
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.MatMul(null!, matrix));
        Assert.Throws<ArgumentNullException>("y", () => TensorMath.MatMul(matrix, null!));
        Assert.Throws<ArgumentException>("x", () => TensorMath.MatMul(vector, matrix));
        Assert.Throws<ArgumentException>("y", () => TensorMath.MatMul(matrix, vector));
        ArgumentException error = Assert.Throws<ArgumentException>("y", () => TensorMath.MatMul(matrix, matrix));
        Assert.Contains("[2, 3] and [2, 3]", error.Message);
        Tensor<float> two = TestTensors.Random<float>([2, 3, 4]);
        error = Assert.Throws<ArgumentException>("y", () => TensorMath.MatMul(two, TestTensors.Random<float>([3, 4, 5])));
        Assert.Contains("[2] and [3]", error.Message);
    }

    private static void Check<T>(int rows, int columns, int depth, double tolerance)
        where T : INumber<T>
    {
        Tensor<T> x = Create<T>(rows, depth, seed: 1);
        Tensor<T> y = Create<T>(depth, columns, seed: 2);
        Tensor<T> product = TensorMath.MatMul(x, y);
        Assert.Equal([rows, columns], product.Lengths.ToArray());
        AssertProduct(x, y, product, tolerance);
    }

    // The bound of a sum of k rounded products: k units of rounding of the sum of absolute products.
    private static void AssertProduct<T>(Tensor<T> x, Tensor<T> y, Tensor<T> product, double tolerance)
        where T : INumber<T>
    {
        for (nint i = 0; i < x.Lengths[0]; i++)
        {
            for (nint j = 0; j < y.Lengths[1]; j++)
            {
                double sum = 0;
                double size = 0;
                for (nint p = 0; p < x.Lengths[1]; p++)
                {
                    double term = double.CreateChecked(x[i, p]) * double.CreateChecked(y[p, j]);
                    sum += term;
                    size += Math.Abs(term);
                }

                Assert.InRange(Math.Abs(double.CreateChecked(product[i, j]) - sum), 0, tolerance * (x.Lengths[1] + 1) * size);
            }
        }
    }

    private static Tensor<T> Create<T>(int rows, int columns, int seed)
        where T : INumber<T>
    {
        var random = new Random(seed);
        T[] values = new T[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            int value = random.Next(-1000, 1000);
            values[i] = typeof(T) == typeof(float) || typeof(T) == typeof(double) ? T.CreateChecked(value / 997.0) : T.CreateChecked(value);
        }

        return Tensor.Create(values, [rows, columns]);
    }
}
