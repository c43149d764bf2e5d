namespace GraphWeaver.ILGPU.Kernels.Products;

/// <summary>32 threads, 8 rows and 64 columns: for products of few rows, of which a larger tile would be mostly idle.</summary>
public readonly struct LowTile : IDeviceTile
{
    /// <inheritdoc/>
    public int Rows => 2;

    /// <inheritdoc/>
    public int Columns => 16;
}
