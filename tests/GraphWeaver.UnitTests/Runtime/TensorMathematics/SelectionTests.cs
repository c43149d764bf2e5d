using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.UnitTests.Runtime.TensorMathematics;

/// <summary>Choosing by condition, gathering and scattering of rows, against plain loops.</summary>
[Collection(nameof(GraphMode))]
public class SelectionTests
{
    [Fact]
    public void Elements_are_chosen_by_the_condition_whatever_the_layouts()
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
            where T : INumberBase<T>
        {
            foreach (nint[] shape in TestTensors.SmallShapes)
            {
                foreach (Tensor<T> x in TestTensors.Layouts<T>(shape))
                {
                    foreach (Tensor<T> y in TestTensors.Layouts<T>(shape))
                    {
                        foreach (Tensor<bool> condition in Conditions(shape))
                        {
                            T[] expected = [.. TestTensors.Elements(condition).Zip(TestTensors.Elements(x), TestTensors.Elements(y)).Select(triple => triple.First ? triple.Second : triple.Third)];
                            Tensor<T> result = TensorMath.Where(condition, x, y);
                            Assert.Equal(shape, result.Lengths.ToArray());
                            Assert.Equal(expected, result.ToArray());
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Shapes_are_broadcast()
    {
        (nint[] Condition, nint[] X, nint[] Y, nint[] Result)[] cases =
        [
            ([3, 4], [4], [3, 1], [3, 4]), ([1], [3, 4], [1], [3, 4]), ([4], [2, 3, 4], [3, 1], [2, 3, 4]), ([2, 1, 1], [3, 1], [4], [2, 3, 4]),
            ([1, 1], [1], [1], [1, 1]), ([3, 0], [1], [3, 1], [3, 0]), ([5, 40], [40], [1], [5, 40]),
        ];
        foreach ((nint[] conditions, nint[] xs, nint[] ys, nint[] lengths) in cases)
        {
            Tensor<bool> condition = Conditions(conditions).First();
            Tensor<float> x = TestTensors.Random<float>(xs);
            Tensor<float> y = TestTensors.Random<float>(ys, seed: 2);
            Tensor<float> result = TensorMath.Where(condition, x, y);
            Assert.Equal(lengths, result.Lengths.ToArray());
            foreach (nint[] index in TestTensors.Indices(lengths))
            {
                Assert.Equal(Read(condition, index) ? Read(x, index) : Read(y, index), result[index.AsSpan()]);
            }
        }

        static T Read<T>(Tensor<T> tensor, nint[] index) =>
            tensor[index[^tensor.Rank..].Select((position, dimension) => tensor.Lengths[dimension] == 1 ? 0 : position).ToArray().AsSpan()];
    }

    [Fact]
    public void A_scalar_stands_for_either_tensor()
    {
        Tensor<bool> condition = Tensor.Create([true, false, true], [3]);
        Tensor<float> x = Tensor.Create([1f, 2f, 3f]);
        Assert.Equal([1f, 0f, 3f], TensorMath.Where(condition, x, 0).ToArray());
        Assert.Equal([9f, 2f, 9f], TensorMath.Where(condition, 9f, x).ToArray());
        Assert.Equal([9f, -1f, 9f], TensorMath.Where(condition, 9f, -1f).ToArray());
        Assert.Equal(["a", "b", "a"], TensorMath.Where(condition, "a", "b").ToArray());
    }

    [Fact]
    public void Rows_are_gathered_in_the_order_of_their_indices()
    {
        foreach (nint[] shape in TestTensors.Shapes.Where(shape => shape[0] > 1))
        {
            foreach (Tensor<int> x in TestTensors.Layouts<int>(shape))
            {
                int[] indices = [(int)shape[0] - 1, 0, 0, 1, (int)shape[0] / 2, 0];
                Tensor<int> result = TensorMath.GatherRows(x, indices);
                Assert.Equal([6, .. shape[1..]], result.Lengths.ToArray());
                AssertRows(x, indices, result.ToArray());

                Tensor<int> byTensor = TensorMath.GatherRows(x, Tensor.Transpose(Tensor.Create(indices, [3, 2])));
                Assert.Equal([2, 3, .. shape[1..]], byTensor.Lengths.ToArray());
                AssertRows(x, [indices[0], indices[2], indices[4], indices[1], indices[3], indices[5]], byTensor.ToArray());
            }
        }

        Assert.Equal([0, 3], TensorMath.GatherRows(TestTensors.Random<int>([2, 3]), ReadOnlySpan<int>.Empty).Lengths.ToArray());

        static void AssertRows(Tensor<int> x, int[] indices, int[] actual)
        {
            int[] elements = TestTensors.Elements(x);
            int length = elements.Length / (int)x.Lengths[0];
            Assert.Equal(indices.SelectMany(index => elements[(index * length)..((index + 1) * length)]), actual);
        }
    }

    [Fact]
    public void Rows_are_replaced_and_added_to_in_order_in_a_copy()
    {
        int[] indices = [2, 0, 2];
        foreach (Tensor<float> x in TestTensors.Layouts<float>([4, 2, 5]))
        {
            foreach (Tensor<float> rows in TestTensors.Layouts<float>([3, 2, 5]))
            {
                float[] before = TestTensors.Elements(x);
                float[] source = TestTensors.Elements(rows);
                float[] replaced = [.. before];
                float[] added = [.. before];
                for (int row = 0; row < 3; row++)
                {
                    for (int i = 0; i < 10; i++)
                    {
                        replaced[(indices[row] * 10) + i] = source[(row * 10) + i];
                        added[(indices[row] * 10) + i] += source[(row * 10) + i];
                    }
                }

                Assert.Equal(replaced, TensorMath.ScatterRows(x, indices, rows).ToArray());
                Assert.Equal(replaced, TensorMath.ScatterRows(x, Tensor.Create(indices), rows).ToArray());
                Assert.Equal(added, TensorMath.ScatterAddRows(x, indices, rows).ToArray());
                Assert.Equal(added, TensorMath.ScatterAddRows(x, Tensor.Create(indices), rows).ToArray());
                Assert.Equal(before, TestTensors.Elements(x));
            }
        }

        Tensor<Half> halves = TensorMath.ScatterAddRows(Tensor.Create([(Half)2048]), [0, 0], Tensor.Create([(Half)1, (Half)1]));
        Assert.Equal([(Half)2050], halves.ToArray());
        Assert.Equal([(byte)4], TensorMath.ScatterAddRows(Tensor.Create([(byte)250]), [0], Tensor.Create([(byte)10])).ToArray());
        Assert.Equal([2, 3], TensorMath.ScatterRows(TestTensors.Random<int>([2, 3]), [], TestTensors.Random<int>([0, 3])).Lengths.ToArray());
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        Tensor<float> x = TestTensors.Random<float>([500, 600]);
        Tensor<bool> condition = Conditions([600]).First();
        int[] indices = [.. Enumerable.Range(0, 2000).Select(i => i * 7 % 500)];
        TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.Where(condition, x, 0f));
        TestTensors.AssertSameBitsOnAnyThreads(() => TensorMath.GatherRows(x, indices));
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Tensor<float> x = TestTensors.Random<float>([2, 3]);
        Tensor<bool> condition = Tensor.Create([true, false, true]);
        Tensor<float> other = TestTensors.Random<float>([2]);
        Assert.Throws<ArgumentNullException>("condition", () => TensorMath.Where(null!, x, x));
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.Where(condition, (Tensor<float>)null!, x));
        Assert.Throws<ArgumentNullException>("y", () => TensorMath.Where(condition, x, (Tensor<float>)null!));
        Assert.Throws<ArgumentException>("x", () => TensorMath.Where(condition, other, x));
        Assert.Throws<ArgumentException>("y", () => TensorMath.Where(condition, x, other));

        Assert.Throws<ArgumentNullException>("x", () => TensorMath.GatherRows((Tensor<float>)null!, [0]));
        Assert.Throws<ArgumentNullException>("indices", () => TensorMath.GatherRows(x, (Tensor<int>)null!));
        Assert.Throws<ArgumentOutOfRangeException>("indices", () => TensorMath.GatherRows(x, [2]));
        Assert.Throws<ArgumentOutOfRangeException>("indices", () => TensorMath.GatherRows(x, [-1]));
        Assert.Throws<ArgumentOutOfRangeException>("indices", () => TensorMath.ScatterRows(x, [2], TestTensors.Random<float>([1, 3])));
        Assert.Throws<ArgumentException>("rows", () => TensorMath.ScatterRows(x, [0], x));
        Assert.Throws<ArgumentException>("rows", () => TensorMath.ScatterAddRows(x, [0, 1], TestTensors.Random<float>([2, 2])));
        Assert.Throws<ArgumentException>("indices", () => TensorMath.ScatterRows(x, Tensor.Create([0], [1, 1]), x));
        Assert.Throws<ArgumentNullException>("rows", () => TensorMath.ScatterAddRows(x, [0], null!));
        Assert.Throws<ArgumentNullException>("x", () => TensorMath.ScatterAddRows(null!, [0], x));
    }

    private static IEnumerable<Tensor<bool>> Conditions(nint[] shape)
    {
        yield return Tensor.Create(TestTensors.Random<int>(shape, seed: 5).ToArray().Select(value => value % 2 == 0).ToArray(), shape);
        nint[] reversed = [.. shape.Reverse()];
        Tensor<bool> turned = Tensor.Create(TestTensors.Random<int>(reversed, seed: 6).ToArray().Select(value => value % 2 == 0).ToArray(), reversed);
        yield return Tensor.PermuteDimensions(turned, [.. Enumerable.Range(0, shape.Length).Reverse()]);
    }
}
