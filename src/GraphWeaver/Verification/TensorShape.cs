using System.Numerics.Tensors;

namespace GraphWeaver.Verification;

/// <summary>A tensor, dense or not: which object it is, its lengths, its elements.</summary>
internal sealed class TensorShape<T> : Shape<Tensor<T>>
{
    internal override Copy<Tensor<T>> Copy(Tensor<T> value, Recording recording)
    {
        int number = recording.NumberOf(value);
        return new TensorCopy(value, number, value is null ? null : new Elements<T>(value.AsTensorSpan(), recording));
    }

    private sealed class TensorCopy(Tensor<T> tensor, int number, Elements<T>? elements) : Copy<Tensor<T>>
    {
        internal override Tensor<T> Restore()
        {
            elements?.Restore(tensor.AsTensorSpan());
            return tensor;
        }

        internal override void Compare(Tensor<T> actual, Comparison comparison)
        {
            comparison.Identity(number, actual);
            elements?.Compare(actual.AsReadOnlyTensorSpan(), comparison);
        }
    }
}

/// <summary>The elements a tensor or a span of one shows, in order, and their lengths.</summary>
internal sealed class Elements<T>
{
    private readonly nint[] lengths;
    private readonly T[] values;

    internal Elements(ReadOnlyTensorSpan<T> tensor, Recording recording)
    {
        lengths = tensor.Lengths.ToArray();
        values = new T[checked((int)tensor.FlattenedLength)];
        tensor.FlattenTo(values);
        recording.Measure<T>(values);
    }

    internal void Restore(TensorSpan<T> tensor)
    {
        var index = new nint[lengths.Length];
        foreach (T value in values)
        {
            tensor[index] = value;
            Advance(index);
        }
    }

    internal void Compare(ReadOnlyTensorSpan<T> actual, Comparison comparison)
    {
        if (!actual.Lengths.SequenceEqual(lengths))
        {
            comparison.Fail([], Describe(lengths), Describe(actual.Lengths));
        }

        var index = new nint[lengths.Length];
        int position = 0;
        foreach (ref readonly T value in actual)
        {
            if (!comparison.Tolerance.Accepts(values[position], value))
            {
                for (int step = 0; step < position; step++)
                {
                    Advance(index);
                }

                comparison.Fail([.. index], values[position], value);
            }

            position++;
        }
    }

    private static string Describe(ReadOnlySpan<nint> lengths) => $"lengths [{string.Join(", ", lengths.ToArray())}]";

    private void Advance(nint[] index)
    {
        for (int dimension = index.Length - 1; dimension >= 0 && ++index[dimension] == lengths[dimension]; dimension--)
        {
            index[dimension] = 0;
        }
    }
}
