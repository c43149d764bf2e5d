namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>The innermost part of a matrix product: a block of the result small enough for the vector registers.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal unsafe interface IMatMulTile<T>
    where T : unmanaged
{
    /// <summary>The most rows of a tile.</summary>
    public static abstract int Rows { get; }

    /// <summary>The columns of a tile.</summary>
    public static abstract int Columns { get; }

    /// <summary>Computes a tile of the result, every sum in order of the depth.</summary>
    /// <param name="rows">The rows of this tile, from 1 to <see cref="Rows"/>.</param>
    /// <param name="product">The operands and the place of the result.</param>
    public static abstract void Multiply(nint rows, in TileProduct<T> product);

    /// <summary>Copies a row of <see cref="Columns"/> elements.</summary>
    public static abstract void CopyRow(T* source, T* target);
}
