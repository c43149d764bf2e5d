using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.Kernels;
using GraphWeaver.Kernels.Rows;

namespace GraphWeaver;

public static partial class TensorMath
{
    /// <summary>
    /// The rows of a tensor at some indices, in their order. A row is what one index of the first dimension holds: an element of a
    /// vector, a row of a matrix, a matrix of three dimensions.
    /// </summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="x">The tensor, [n, ...]; any layout.</param>
    /// <param name="indices">The indices, k of them, each from 0 to n - 1; one may come several times.</param>
    /// <returns>A new dense tensor, [k, ...].</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not one of a row.</exception>
    public static Tensor<T> GatherRows<T>(Tensor<T> x, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(x);
        return GatherRows(x, indices.ToArray(), [indices.Length]);
    }

    /// <summary>The rows of a tensor at some indices: each index is replaced by the row it stands for.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="x">The tensor, [n, ...]; any layout.</param>
    /// <param name="indices">The indices, of any shape and layout, each from 0 to n - 1; one may come several times.</param>
    /// <returns>A new dense tensor, the lengths of <paramref name="indices"/> before those of a row.</returns>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not one of a row.</exception>
    public static Tensor<T> GatherRows<T>(Tensor<T> x, Tensor<int> indices)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(indices);
        return GatherRows(x, indices.ToArray(), indices.Lengths);
    }

    /// <summary>A copy of a tensor with some rows replaced, in order: of two with one index the last remains.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="x">The tensor, [n, ...]; any layout; it is not changed.</param>
    /// <param name="indices">The indices, k of them, each from 0 to n - 1.</param>
    /// <param name="rows">The rows that go there, [k, ...]; any layout.</param>
    /// <returns>A new dense tensor of the shape of <paramref name="x"/>.</returns>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="rows"/> is not of the shape [k, ...].</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not one of a row.</exception>
    public static Tensor<T> ScatterRows<T>(Tensor<T> x, ReadOnlySpan<int> indices, Tensor<T> rows)
    {
        (Tensor<T> result, Tensor<T> source) = PrepareScatter(x, indices, rows);
        nint length = RowLength(x);
        for (int row = 0; row < indices.Length; row++)
        {
            DenseTensor.Span(source, row * length, length).CopyTo(DenseTensor.Span(result, indices[row] * length, length));
        }

        return result;
    }

    /// <summary>A copy of a tensor with some rows added to, in order: of two with one index both are added. Integers wrap around.</summary>
    /// <inheritdoc cref="ScatterRows{T}(Tensor{T}, ReadOnlySpan{int}, Tensor{T})"/>
    public static Tensor<T> ScatterAddRows<T>(Tensor<T> x, ReadOnlySpan<int> indices, Tensor<T> rows)
        where T : INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(rows);
        if (typeof(T) == typeof(Half))
        {
            return Wide.To<float, T>(ScatterAddRows(Wide.To<T, float>(x), indices, Wide.To<T, float>(rows)));
        }

        (Tensor<T> result, Tensor<T> source) = PrepareScatter(x, indices, rows);
        nint length = RowLength(result);
        for (int row = 0; row < indices.Length; row++)
        {
            Span<T> target = DenseTensor.Span(result, indices[row] * length, length);
            TensorPrimitives.Add(target, DenseTensor.Span(source, row * length, length), target);
        }

        return result;
    }

    /// <inheritdoc cref="ScatterRows{T}(Tensor{T}, ReadOnlySpan{int}, Tensor{T})"/>
    /// <param name="x">The tensor, [n, ...]; any layout; it is not changed.</param>
    /// <param name="indices">The indices, [k]; any layout; each from 0 to n - 1.</param>
    /// <param name="rows">The rows that go there, [k, ...]; any layout.</param>
    public static Tensor<T> ScatterRows<T>(Tensor<T> x, Tensor<int> indices, Tensor<T> rows) => ScatterRows(x, IndexVector(indices), rows);

    /// <inheritdoc cref="ScatterAddRows{T}(Tensor{T}, ReadOnlySpan{int}, Tensor{T})"/>
    /// <param name="x">The tensor, [n, ...]; any layout; it is not changed.</param>
    /// <param name="indices">The indices, [k]; any layout; each from 0 to n - 1.</param>
    /// <param name="rows">The rows that are added there, [k, ...]; any layout.</param>
    public static Tensor<T> ScatterAddRows<T>(Tensor<T> x, Tensor<int> indices, Tensor<T> rows)
        where T : INumberBase<T> =>
        ScatterAddRows(x, IndexVector(indices), rows);

    private static Tensor<T> GatherRows<T>(Tensor<T> x, int[] indices, ReadOnlySpan<nint> lengths)
    {
        ThrowIfNoRow(indices, x);
        Tensor<T> result = Tensor.CreateFromShapeUninitialized<T>([.. lengths, .. x.Lengths[1..]]);
        if (!result.IsEmpty)
        {
            nint length = RowLength(x);
            var kernel = new GatherKernel<T>(DenseTensor.Of(x), indices, length, result);
            KernelRunner.RunRows(ref kernel, indices.Length, (int)nint.Clamp(length, 8, int.MaxValue));
        }

        return result;
    }

    private static (Tensor<T> Result, Tensor<T> Rows) PrepareScatter<T>(Tensor<T> x, ReadOnlySpan<int> indices, Tensor<T> rows)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Rank != x.Rank || rows.Lengths[0] != indices.Length || !rows.Lengths[1..].SequenceEqual(x.Lengths[1..]))
        {
            string expected = Broadcasting.Text([indices.Length, .. x.Lengths[1..]]);
            throw new ArgumentException($"The shape must be {expected}, not {Broadcasting.Text(rows.Lengths)}.", nameof(rows));
        }

        ThrowIfNoRow(indices, x);
        return (DenseTensor.CopyOf(x), DenseTensor.Of(rows));
    }

    private static int[] IndexVector(Tensor<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return indices.Rank == 1
            ? indices.ToArray()
            : throw new ArgumentException($"The indices must have one dimension, not {indices.Rank}.", nameof(indices));
    }

    private static nint RowLength<T>(Tensor<T> x) => Broadcasting.Product(x.Lengths[1..]);

    private static void ThrowIfNoRow<T>(ReadOnlySpan<int> indices, Tensor<T> x)
    {
        foreach (int index in indices)
        {
            if (index < 0 || index >= x.Lengths[0])
            {
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"The tensor has {x.Lengths[0]} rows.");
            }
        }
    }
}
