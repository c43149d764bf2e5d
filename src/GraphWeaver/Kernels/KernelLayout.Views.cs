using System.Buffers;

namespace GraphWeaver.Kernels;

/// <remarks>
/// Each method below is one kind of view of <c>System.Numerics.Tensors</c>. It answers false wherever eager throws, makes something empty, or makes
/// what a layout does not hold; the layout is then of no more use, and the original instructions give eager's answer.
/// </remarks>
public partial struct KernelLayout
{
    /// <summary>Whether there are as many dimensions as a slice names.</summary>
    public readonly bool HasRank(int rank) => Rank == rank;

    /// <summary>The part of a dimension in a range.</summary>
    /// <param name="dimension">A dimension there is.</param>
    /// <param name="range">The range, of either or both ends.</param>
    public bool Slice(int dimension, NRange range)
    {
        nint length = Lengths[dimension];
        nint start = range.Start.GetOffset(length);
        nint end = range.End.GetOffset(length);
        return start >= 0 && end <= length && Narrow(dimension, start, end - start);
    }

    /// <summary>A dimension from an element on.</summary>
    /// <param name="dimension">A dimension there is.</param>
    /// <param name="start">The element, counted from the start.</param>
    public bool SliceFrom(int dimension, nint start) => start >= 0 && Narrow(dimension, start, Lengths[dimension] - start);

    /// <summary>The last two dimensions in the other order.</summary>
    public bool Transpose()
    {
        if (Rank < 2)
        {
            return false;
        }

        (Lengths[Rank - 1], Lengths[Rank - 2]) = (Lengths[Rank - 2], Lengths[Rank - 1]);
        (Strides[Rank - 1], Strides[Rank - 2]) = (Strides[Rank - 2], Strides[Rank - 1]);
        return true;
    }

    /// <summary>All dimensions in the order given; none given: from last to first.</summary>
    public bool PermuteDimensions(ref readonly KernelNumbers dimensions)
    {
        if (dimensions.Count != 0 && dimensions.Count != Rank)
        {
            return false;
        }

        KernelLayout source = this;
        int taken = 0;
        for (int dimension = 0; dimension < Rank; dimension++)
        {
            nint from = dimensions.Count == 0 ? Rank - 1 - dimension : dimensions[dimension];
            if (from < 0 || from >= Rank || (taken & (1 << (int)from)) != 0)
            {
                return false;
            }

            taken |= 1 << (int)from;
            Lengths[dimension] = source.Lengths[(int)from];
            Strides[dimension] = source.Strides[(int)from];
        }

        return true;
    }

    /// <summary>The same elements in row-major order under other lengths, one of which may be -1: whatever is left.</summary>
    /// <returns>False also where that takes a copy: the layout is not dense.</returns>
    public bool Reshape(ref readonly KernelNumbers lengths)
    {
        if (lengths.Count == Rank && lengths.AsSpan().SequenceEqual(((ReadOnlySpan<nint>)Lengths)[..Rank]))
        {
            return true;
        }

        if (lengths.Count == 0 || !IsDense(out nint count))
        {
            return false;
        }

        int open = -1;
        nint product = 1;
        for (int dimension = 0; dimension < lengths.Count; dimension++)
        {
            nint length = lengths[dimension];
            if (length == -1 && open < 0)
            {
                open = dimension;
            }
            else if (length <= 0 || (product *= length) > count)
            {
                return false;
            }
        }

        if (open < 0 ? product != count : count % product != 0)
        {
            return false;
        }

        Rank = lengths.Count;
        nint stride = 1;
        for (int dimension = Rank - 1; dimension >= 0; dimension--)
        {
            Lengths[dimension] = dimension == open ? count / product : lengths[dimension];
            Strides[dimension] = Lengths[dimension] == 1 ? 0 : stride;
            stride *= Lengths[dimension];
        }

        return true;
    }

    /// <summary>Without the dimensions of length 1.</summary>
    public bool Squeeze()
    {
        for (int dimension = Rank - 1; dimension >= 0 && Rank > 1; dimension--)
        {
            if (Lengths[dimension] == 1)
            {
                Remove(dimension);
            }
        }

        return true;
    }

    /// <summary>Without one dimension of length 1, or all of them for -1.</summary>
    public bool SqueezeDimension(int dimension)
    {
        if (dimension == -1)
        {
            return Squeeze();
        }

        if (dimension < 0 || dimension >= Rank || Lengths[dimension] != 1)
        {
            return false;
        }

        if (Rank > 1)
        {
            Remove(dimension);
        }

        return true;
    }

    /// <summary>With a dimension of length 1 put in.</summary>
    public bool Unsqueeze(int dimension)
    {
        if (dimension < 0 || dimension > Rank || Rank == MaxRank)
        {
            return false;
        }

        Insert(dimension, Lengths, 1);
        Insert(dimension, Strides, 0);
        Rank++;
        return true;
    }

    /// <summary>Every dimension from its end to its start.</summary>
    public bool Reverse()
    {
        for (int dimension = 0; dimension < Rank; dimension++)
        {
            Turn(dimension);
        }

        return true;
    }

    /// <summary>One dimension from its end to its start, or all of them for -1.</summary>
    public bool ReverseDimension(int dimension)
    {
        if (dimension == -1)
        {
            return Reverse();
        }

        if (dimension < 0 || dimension >= Rank)
        {
            return false;
        }

        Turn(dimension);
        return true;
    }

    /// <summary>Repeated along dimensions of length 1, and along new ones before the first, to the lengths given.</summary>
    public bool Broadcast(ref readonly KernelNumbers lengths)
    {
        while (Rank > lengths.Count)
        {
            if (Rank == 1 || Lengths[0] != 1)
            {
                return false;
            }

            Remove(0);
        }

        while (Rank < lengths.Count)
        {
            Unsqueeze(0);
        }

        for (int dimension = 0; dimension < Rank; dimension++)
        {
            if (Lengths[dimension] == 1 && lengths[dimension] > 0)
            {
                Lengths[dimension] = lengths[dimension];
                Strides[dimension] = 0;
            }
            else if (Lengths[dimension] != lengths[dimension])
            {
                return false;
            }
        }

        return true;
    }

    private bool Narrow(int dimension, nint start, nint length)
    {
        if (length <= 0)
        {
            return false;
        }

        Offset += start * Strides[dimension];
        Lengths[dimension] = length;
        if (length == 1)
        {
            Strides[dimension] = 0;
        }

        return true;
    }

    private void Turn(int dimension)
    {
        Offset += (Lengths[dimension] - 1) * Strides[dimension];
        Strides[dimension] = -Strides[dimension];
    }

    private readonly bool IsDense(out nint count)
    {
        count = 1;
        for (int dimension = Rank - 1; dimension >= 0; dimension--)
        {
            if (Lengths[dimension] != 1 && Strides[dimension] != count)
            {
                return false;
            }

            count *= Lengths[dimension];
        }

        return true;
    }

    private void Remove(int dimension)
    {
        Rank--;
        ((ReadOnlySpan<nint>)Lengths)[(dimension + 1)..].CopyTo(((Span<nint>)Lengths)[dimension..]);
        ((ReadOnlySpan<nint>)Strides)[(dimension + 1)..].CopyTo(((Span<nint>)Strides)[dimension..]);
    }

    private static void Insert(int dimension, Span<nint> numbers, nint number)
    {
        numbers[dimension..^1].CopyTo(numbers[(dimension + 1)..]);
        numbers[dimension] = number;
    }
}
