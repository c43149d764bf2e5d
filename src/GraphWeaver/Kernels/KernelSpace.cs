using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace GraphWeaver.Kernels;

/// <summary>
/// The elements a kernel runs over where its tensors are not all dense and of one shape: the shape they broadcast to, in row-major order. Made in
/// four steps: every layout is included, the space is closed, every tensor gets its access, each access is settled. Dimensions of length 1 are
/// left out, and the trailing ones over which every tensor goes on evenly are one row. Tiles do not cross rows that are long enough to be
/// worth reading in place; what does not lie side by side is gathered into a buffer of the tile's size. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public partial struct KernelSpace
{
    // Shorter rows are gathered many at a time: going on to the next row costs as much as copying some hundred elements.
    private const nint ShortRow = 128;

    // Before, eager broadcast otherwise ([3, 4] + [1, 4] had the shape [1, 4]) and refused some views.
    private const int FirstLibraryOfTheseShapes = 11;

    private KernelDimensions shape;
    private int shapeRank;
    private KernelDimensions lengths;
    private int rank;
    private int unevenAfter;
    private nint length;
    private nint columns;
    private int outer;
    private bool isGathered;

    /// <summary>The lengths of the shape that all tensors broadcast to.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<nint> Shape => ((ReadOnlySpan<nint>)shape)[..shapeRank];

    /// <summary>The number of elements.</summary>
    public readonly nint Length => length;

    /// <summary>The length of the last dimension.</summary>
    public readonly nint RowLength => shape[shapeRank - 1];

    /// <summary>The number of rows, a row being the last dimension.</summary>
    public readonly nint Rows => length / RowLength;

    /// <summary>The lengths of the shape's dimensions but those of 1, or 1 where there are no others.</summary>
    [UnscopedRef]
    internal readonly ReadOnlySpan<nint> Dimensions => ((ReadOnlySpan<nint>)lengths)[..rank];

    /// <summary>Whether a dimension, counted from the end where it is negative, is the last.</summary>
    public readonly bool IsLast(int dimension) => dimension == -1 || dimension == shapeRank - 1;

    /// <summary>Whether a layout has one dimension, as long as the last.</summary>
    public readonly bool IsRow(ref readonly KernelLayout layout) => layout.Rank == 1 && layout.Lengths[0] == RowLength;

    /// <summary>Makes the shape one that a tensor broadcasts to.</summary>
    /// <returns>False where the tensor is not compatible with those before, or the tensor library has other rules.</returns>
    public bool Include(ref readonly KernelLayout layout)
    {
        if (WovenEntry.LoadedTensorLibrary < FirstLibraryOfTheseShapes)
        {
            return false;
        }

        if (shapeRank < layout.Rank)
        {
            Widen(layout.Rank);
        }

        for (int dimension = 0; dimension < layout.Rank; dimension++)
        {
            nint own = layout.Lengths[dimension];
            ref nint common = ref shape[shapeRank - layout.Rank + dimension];
            if (common == 1)
            {
                common = own;
            }
            else if (own != 1 && own != common)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Ends the including of layouts.</summary>
    /// <returns>False where there are no elements, or more than a kernel takes.</returns>
    public bool Close()
    {
        length = 1;
        for (int dimension = 0; dimension < shapeRank; dimension++)
        {
            if (shape[dimension] == 0 || shape[dimension] > int.MaxValue / length)
            {
                return false;
            }

            length *= shape[dimension];
            if (shape[dimension] != 1)
            {
                lengths[rank++] = shape[dimension];
            }
        }

        if (rank == 0)
        {
            lengths[rank++] = 1;
        }

        return true;
    }

    /// <summary>Whether a closed space has the same shape: what an operator on some of the tensors only gives is then as large as all of it.</summary>
    public readonly bool HasShapeOf(ref readonly KernelSpace other) => Shape.SequenceEqual(other.Shape);

    /// <summary>Whether a tensor has the whole shape and no two of its elements are one: what a kernel can write to.</summary>
    public readonly bool CanWrite(ref readonly KernelLayout layout) =>
        ((ReadOnlySpan<nint>)layout.Lengths)[..layout.Rank].SequenceEqual(Shape) && layout.IsInjective;

    /// <summary>Says how a tensor is reached over the space, which is closed.</summary>
    public void Reach(ref readonly KernelLayout layout, out KernelAccess access)
    {
        access = default;
        access.Offset = layout.Offset;
        access.Lowest = layout.Offset;
        access.Highest = layout.Offset;
        int missing = shapeRank - layout.Rank;
        int own = 0;
        for (int dimension = 0; dimension < shapeRank; dimension++)
        {
            if (shape[dimension] != 1)
            {
                nint stride = dimension < missing || layout.Lengths[dimension - missing] == 1 ? 0 : layout.Strides[dimension - missing];
                access.Strides[own++] = stride;
                nint extent = stride * (shape[dimension] - 1);
                access.Lowest += nint.Min(extent, 0);
                access.Highest += nint.Max(extent, 0);
            }
        }

        access.IsFlat = own == 0 || access.Strides[rank - 1] == 1;
        for (int dimension = rank - 2; dimension >= 0; dimension--)
        {
            if (access.Strides[dimension] != access.Strides[dimension + 1] * lengths[dimension + 1])
            {
                access.IsFlat = false;
                unevenAfter = int.Max(unevenAfter, dimension + 1);
            }
        }

        access.Inner = access.Strides[rank - 1];
        outer = unevenAfter;
        columns = 1;
        for (int dimension = outer; dimension < rank; dimension++)
        {
            columns *= lengths[dimension];
        }
    }

    /// <summary>Decides whether a tensor is read and written in place or by way of buffers; every tensor has its access.</summary>
    /// <param name="access">The tensor's access.</param>
    /// <param name="isByRow">Whether the kernel takes each row of the last dimension by itself, however short: no tile holds several.</param>
    public void Settle(ref KernelAccess access, bool isByRow)
    {
        access.IsDirect = access.IsFlat || ((isByRow || columns >= ShortRow) && access.Inner == 1);
        isGathered |= !access.IsDirect;
    }

    /// <summary>Gives the shape dimensions of length 1 before its first.</summary>
    private void Widen(int newRank)
    {
        int added = newRank - shapeRank;
        for (int dimension = newRank - 1; dimension >= 0; dimension--)
        {
            shape[dimension] = dimension < added ? 1 : shape[dimension - added];
        }

        shapeRank = newRank;
    }
}
