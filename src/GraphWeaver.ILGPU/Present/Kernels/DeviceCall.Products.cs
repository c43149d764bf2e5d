using System.Numerics.Tensors;
using GraphWeaver.ILGPU.Kernels.Products;

namespace GraphWeaver.ILGPU.Kernels;

/// <content>Matrix products: the operands are the last two tensors of the call.</content>
public sealed partial class DeviceCall
{
    // Products in registers, of which a sum is made at once, for the time of one addition of a loop over memory.
    private const int ProductsOfAddition = 4;

    /// <summary><see cref="MayPay"/> of a product.</summary>
    public static bool ProductMayPay<T>(Tensor<T> x, Tensor<T> y, nint length, int cost, int bytes)
        where T : unmanaged => x.Rank == 0 || MayPay(length, (int)Math.Min(int.MaxValue, (x.Lengths[^1] / ProductsOfAddition) + cost), bytes);

    /// <summary>Adds the operands of the product that the kernel goes on with, behind all other tensors.</summary>
    public void Multiply<T>(Tensor<T> x, Tensor<T> y)
        where T : unmanaged
    {
        Read(x);
        Read(y);
    }

    /// <summary>Runs a kernel that goes on with a product of float.</summary>
    /// <param name="kernel">The kernel with its scalars; it takes its tensors from this call.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="cost">The cost of an element in float additions, without the product.</param>
    /// <returns>False where the CPU has to do the work; then nothing of this thread's is on a device any more.</returns>
    public bool RunSingleProduct<TKernel>(TKernel kernel, nint length, int cost)
        where TKernel : struct, IDeviceEpilogue<float> =>
        RunProduct<float, SingleArithmetic, TKernel>(kernel, length, cost);

    /// <summary>Runs a kernel that goes on with a product of double.</summary>
    /// <param name="kernel">The kernel with its scalars; it takes its tensors from this call.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="cost">The cost of an element in float additions, without the product.</param>
    /// <returns>False where the CPU has to do the work; then nothing of this thread's is on a device any more.</returns>
    public bool RunDoubleProduct<TKernel>(TKernel kernel, nint length, int cost)
        where TKernel : struct, IDeviceEpilogue<double> =>
        RunProduct<double, DoubleArithmetic, TKernel>(kernel, length, cost);

    private bool RunProduct<T, TArithmetic, TKernel>(TKernel kernel, nint length, int cost)
        where T : unmanaged
        where TArithmetic : struct, IDeviceArithmetic<T>
        where TKernel : struct, IDeviceEpilogue<T>
    {
        if (!DeviceProduct.TryOf((Tensor<T>)slots[^2].Tensor.Tensor, (Tensor<T>)slots[^1].Tensor.Tensor, length, out DeviceProduct product))
        {
            session.BringHome();
            return false;
        }

        return Run<TKernel>(length * ((long)cost + (product.Depth / ProductsOfAddition)), (device, stream) =>
        {
            kernel.Bind(this);
            return device.TryMultiply<T, TArithmetic, TKernel>(stream, ElementsOf<T>(slots[^2]), ElementsOf<T>(slots[^1]), product, kernel);
        });
    }

    private static global::ILGPU.ArrayView<T> ElementsOf<T>(DeviceSlot slot)
        where T : unmanaged => slot.Tensor.Block!.View<T>(slot.Tensor.Bytes);
}
