namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>What a tile multiplies: c = a b, or c += a b. Strides count elements.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal unsafe struct TileProduct<T>
    where T : unmanaged
{
    /// <summary>The first element of the tile's rows of the left matrix.</summary>
    internal T* A;

    /// <summary>The distance of two rows of a.</summary>
    internal nint ARowStride;

    /// <summary>The distance of two columns of a.</summary>
    internal nint AColumnStride;

    /// <summary>The first of <see cref="Depth"/> rows of the right matrix, each a run of as many elements as a tile has columns.</summary>
    internal T* B;

    /// <summary>The distance of two rows of b.</summary>
    internal nint BRowStride;

    /// <summary>Rows with the distance of those of b that are wanted next, to be fetched into cache; they need not exist.</summary>
    internal T* Next;

    /// <summary>The number of products in a sum.</summary>
    internal nint Depth;

    /// <summary>The first element of the result.</summary>
    internal T* C;

    /// <summary>The distance of two rows of c.</summary>
    internal nint CRowStride;

    /// <summary>Whether c holds what the products are added to.</summary>
    internal bool Accumulates;
}
