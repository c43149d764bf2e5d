using System.Buffers;
using System.Numerics.Tensors;

namespace GraphWeaver.UnitTests.Kernels;

/// <summary>Tensors whose shapes broadcast together, in every layout there is: dense, sliced, transposed, repeated, of fewer dimensions.</summary>
internal sealed class RandomLayouts(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>A shape of up to four dimensions; now and then with a long last one.</summary>
    public nint[] Shape()
    {
        nint[] shape = Enumerable.Range(0, random.Next(1, 5)).Select(_ => (nint)random.Next(1, 6)).ToArray();
        if (random.Next(2) == 0)
        {
            shape[^1] = random.Next(100, 700);
        }

        return shape;
    }

    /// <summary>A tensor that broadcasts to the shape.</summary>
    public Tensor<float> Part(nint[] shape)
    {
        nint[] part = shape[random.Next(random.Next(3) == 0 ? shape.Length : 1)..];
        return Of([.. part.Select(length => random.Next(4) == 0 ? 1 : length)]);
    }

    /// <summary>A tensor of exactly these lengths; where it is to be written, no two of its elements are one.</summary>
    public Tensor<float> Of(nint[] lengths, bool isWritten = false) => random.Next(isWritten ? 3 : 4) switch
    {
        0 => Dense(lengths),
        1 => Sliced(lengths),
        2 => Transposed(lengths),
        _ => Repeated(lengths),
    };

    private static nint Count(nint[] lengths) => lengths.Aggregate((nint)1, (product, length) => product * length);

    private Tensor<float> Dense(nint[] lengths) =>
        Tensor.Create(Enumerable.Range(0, (int)Count(lengths)).Select(_ => random.Next(-50, 50) / 4f).ToArray(), lengths);

    private Tensor<float> Sliced(nint[] lengths)
    {
        nint[] before = [.. lengths.Select(_ => (nint)random.Next(3))];
        Tensor<float> whole = Dense([.. lengths.Select((length, dimension) => length + before[dimension] + random.Next(3))]);
        return whole.Slice([.. lengths.Select((length, dimension) => new NRange(before[dimension], before[dimension] + length))]);
    }

    private Tensor<float> Transposed(nint[] lengths)
    {
        int[] order = [.. Enumerable.Range(0, lengths.Length)];
        random.Shuffle(order);
        nint[] stored = new nint[lengths.Length];
        for (int dimension = 0; dimension < order.Length; dimension++)
        {
            stored[order[dimension]] = lengths[dimension];
        }

        return Tensor.PermuteDimensions(Dense(stored), order);
    }

    private Tensor<float> Repeated(nint[] lengths)
    {
        nint[] strides = new nint[lengths.Length];
        nint next = 1;
        for (int dimension = lengths.Length - 1; dimension >= 0; dimension--)
        {
            bool isRepeated = lengths[dimension] == 1 || random.Next(2) == 0;
            strides[dimension] = isRepeated ? 0 : next;
            next *= isRepeated ? 1 : lengths[dimension];
        }

        return Tensor.Create(Enumerable.Range(0, (int)next).Select(_ => random.Next(-50, 50) / 4f).ToArray(), lengths, strides);
    }
}
