namespace GraphWeaver.ILGPU.Kernels.Products;

/// <summary>How the threads of a group lie over a tile of a product, of which each has four rows of four elements. Constants, so that the code is made for them.</summary>
public interface IDeviceTile
{
    /// <summary>The rows of threads.</summary>
    public int Rows { get; }

    /// <summary>The columns of threads.</summary>
    public int Columns { get; }
}
