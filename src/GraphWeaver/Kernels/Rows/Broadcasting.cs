namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// The shapes and strides of broadcast operands: lengths are compared from the last dimension on, a missing one counts as 1, and a length of 1
/// is repeated by a stride of 0.
/// </summary>
internal static class Broadcasting
{
    /// <summary>The shape two shapes are broadcast to.</summary>
    /// <exception cref="ArgumentException">A dimension has two lengths, none of them 1.</exception>
    internal static nint[] Lengths(ReadOnlySpan<nint> x, ReadOnlySpan<nint> y, string name)
    {
        var lengths = new nint[Math.Max(x.Length, y.Length)];
        for (int fromEnd = 1; fromEnd <= lengths.Length; fromEnd++)
        {
            nint first = fromEnd <= x.Length ? x[^fromEnd] : 1;
            nint second = fromEnd <= y.Length ? y[^fromEnd] : 1;
            if (first != second && first != 1 && second != 1)
            {
                throw new ArgumentException($"The shapes {Text(x)} and {Text(y)} cannot be broadcast to one.", name);
            }

            lengths[^fromEnd] = first == 1 ? second : first;
        }

        return lengths;
    }

    /// <summary>The strides with which a tensor of some lengths and strides is read as one of a shape it is broadcast to.</summary>
    internal static nint[] Strides(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides, ReadOnlySpan<nint> shape)
    {
        var result = new nint[shape.Length];
        for (int fromEnd = 1; fromEnd <= lengths.Length; fromEnd++)
        {
            result[^fromEnd] = lengths[^fromEnd] == 1 ? 0 : strides[^fromEnd];
        }

        return result;
    }

    /// <summary>Where each element of a shape, in row-major order, is in memory.</summary>
    internal static nint[] Offsets(ReadOnlySpan<nint> strides, ReadOnlySpan<nint> shape)
    {
        var offsets = new nint[Product(shape)];
        for (int index = 0; index < offsets.Length; index++)
        {
            offsets[index] = Offset(index, strides, shape);
        }

        return offsets;
    }

    /// <summary>Where an element of a shape, by its row-major index, is in memory.</summary>
    internal static nint Offset(nint index, ReadOnlySpan<nint> strides, ReadOnlySpan<nint> shape)
    {
        nint offset = 0;
        for (int dimension = shape.Length - 1; dimension >= 0; dimension--)
        {
            (index, nint position) = Math.DivRem(index, shape[dimension]);
            offset += position * strides[dimension];
        }

        return offset;
    }

    /// <summary>The number of elements of a shape; 1 for none.</summary>
    internal static nint Product(ReadOnlySpan<nint> lengths)
    {
        nint product = 1;
        foreach (nint length in lengths)
        {
            product = checked(product * length);
        }

        return product;
    }

    /// <summary>A shape for people.</summary>
    internal static string Text(ReadOnlySpan<nint> lengths) => $"[{string.Join(", ", lengths.ToArray())}]";
}
