namespace GraphWeaver.ILGPU.Kernels.Products;

/// <summary>256 threads, 64 rows and 64 columns.</summary>
public readonly struct LargeTile : IDeviceTile
{
    /// <inheritdoc/>
    public int Rows => 16;

    /// <inheritdoc/>
    public int Columns => 16;
}
