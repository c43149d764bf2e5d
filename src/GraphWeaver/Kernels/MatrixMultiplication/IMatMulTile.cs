namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>The innermost part of a matrix product: a block of the result small enough for the vector registers.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal unsafe interface IMatMulTile<T>
    where T : unmanaged
{
    /// <summary>The rows of a tile.</summary>
    public static abstract int Rows { get; }

    /// <summary>The columns of a.tile.</summary>
    public static abstract int Columns { get; }

    /// <summary>c = a b, or c += a b where <paramref name="accumulate"/>, over <paramref name="depth"/> columns of a.</summary>
    /// <param name="a">The first of <see cref="Rows"/> rows, <paramref name="aRowStride"/> elements apart.</param>
    /// <param name="aRowStride">The distance of two rows of a.</param>
    /// <param name="aColumnStride">The distance of two columns of a.</param>
    /// <param name="b">Rows of <see cref="Columns"/> elements, one after the other.</param>
    /// <param name="depth">The number of products in a sum.</param>
    /// <param name="c">The first of <see cref="Rows"/> rows of <see cref="Columns"/> elements.</param>
    /// <param name="cStride">The distance of two rows of c.</param>
    /// <param name="accumulate">Whether c holds the sum over earlier columns of a.</param>
    public static abstract void Multiply(T* a, nint aRowStride, nint aColumnStride, T* b, nint depth, T* c, nint cStride, bool accumulate);
}
