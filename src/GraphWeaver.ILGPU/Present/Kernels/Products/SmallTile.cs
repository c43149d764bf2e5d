namespace GraphWeaver.ILGPU.Kernels.Products;

/// <summary>8 threads, 8 rows and 16 columns: for devices whose groups are small, the simulator's among them.</summary>
public readonly struct SmallTile : IDeviceTile
{
    /// <inheritdoc/>
    public int Rows => 2;

    /// <inheritdoc/>
    public int Columns => 4;
}
