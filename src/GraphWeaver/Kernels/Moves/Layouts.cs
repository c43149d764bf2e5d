using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels.Moves;

/// <summary>What is asked of lengths and strides before elements are moved.</summary>
internal static class Layouts
{
    /// <summary>The number of elements of some lengths.</summary>
    /// <returns>False where a length is not positive, and where there are more than a tensor made by a move can have.</returns>
    internal static bool TryGetCount(ReadOnlySpan<nint> lengths, out nint count)
    {
        count = 1;
        foreach (nint length in lengths)
        {
            if (length <= 0 || length > Array.MaxLength / count)
            {
                return false;
            }

            count *= length;
        }

        return !lengths.IsEmpty;
    }

    /// <summary>The strides of elements that lie side by side.</summary>
    internal static ReadOnlySpan<nint> DenseStrides(ReadOnlySpan<nint> lengths, Span<nint> strides)
    {
        nint stride = 1;
        for (int dimension = lengths.Length - 1; dimension >= 0; dimension--)
        {
            strides[dimension] = stride;
            stride *= lengths[dimension];
        }

        return strides[..lengths.Length];
    }

    /// <summary>Whether one element of memory stands for several.</summary>
    internal static bool Repeats(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        for (int dimension = 0; dimension < lengths.Length; dimension++)
        {
            if (lengths[dimension] > 1 && strides[dimension] == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the memory that two layouts lie in, gaps included, is apart; neither is empty.</summary>
    internal static bool AreApart<T>(
        ref T first, ReadOnlySpan<nint> firstLengths, ReadOnlySpan<nint> firstStrides, ref T second, ReadOnlySpan<nint> secondLengths, ReadOnlySpan<nint> secondStrides)
    {
        nint distance = Unsafe.ByteOffset(ref first, ref second);
        return distance >= Extent(firstLengths, firstStrides) * Unsafe.SizeOf<T>() || -distance >= Extent(secondLengths, secondStrides) * Unsafe.SizeOf<T>();
    }

    private static nint Extent(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        nint extent = 1;
        for (int dimension = 0; dimension < lengths.Length; dimension++)
        {
            extent += (lengths[dimension] - 1) * strides[dimension];
        }

        return extent;
    }
}
