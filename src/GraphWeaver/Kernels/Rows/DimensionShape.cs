using System.Numerics.Tensors;

namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// A dense tensor seen from one of its dimensions: <paramref name="Outer"/> blocks of <paramref name="Length"/> lines of
/// <paramref name="Inner"/> elements. What runs along the dimension combines lines, or where Inner is 1, the elements of rows.
/// </summary>
internal readonly record struct DimensionShape(int Dimension, nint Outer, nint Length, nint Inner)
{
    /// <summary>The tensor seen from a dimension; one below 0 counts from the end.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has no such dimension.</exception>
    internal static DimensionShape Of<T>(Tensor<T> x, int dimension)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (dimension < -x.Rank || dimension >= x.Rank)
        {
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, $"The tensor has {x.Rank} dimensions.");
        }

        int position = dimension < 0 ? dimension + x.Rank : dimension;
        return new(position, Broadcasting.Product(x.Lengths[..position]), x.Lengths[position], Broadcasting.Product(x.Lengths[(position + 1)..]));
    }

    /// <summary>The lengths with this dimension reduced to 1, or left out; [1] where none would be left, since no tensor has zero dimensions.</summary>
    internal nint[] Reduced(ReadOnlySpan<nint> lengths, bool keepDimensions) =>
        keepDimensions || lengths.Length == 1
            ? [.. lengths[..Dimension], 1, .. lengths[(Dimension + 1)..]]
            : [.. lengths[..Dimension], .. lengths[(Dimension + 1)..]];
}
