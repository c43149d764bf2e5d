namespace GraphWeaver.ILGPU.Kernels.Products;

/// <summary>64 threads, 16 rows and 64 columns.</summary>
public readonly struct MiddleTile : IDeviceTile
{
    /// <inheritdoc/>
    public int Rows => 4;

    /// <inheritdoc/>
    public int Columns => 16;
}
