namespace GraphWeaver.ILGPU.Kernels.Products;

/// <summary>What a product does with elements of one type, on the device.</summary>
public interface IDeviceArithmetic<T>
    where T : unmanaged
{
    /// <summary>x y + sum, rounded once.</summary>
    public T MultiplyAdd(T x, T y, T sum);
}
