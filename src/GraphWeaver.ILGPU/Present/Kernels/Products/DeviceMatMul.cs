using System.ComponentModel;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GraphWeaver.Kernels;

namespace GraphWeaver.ILGPU.Kernels.Products;

/// <summary>
/// <see cref="TensorMath.MatMul{T}"/> where no kernel goes on with the product: on the device, and where that does not take it, by the runtime, which finds the host's
/// elements good. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DeviceMatMul
{
    /// <inheritdoc cref="TensorMath.MatMul{T}"/>
    public static Tensor<float> MatMul(Tensor<float> x, Tensor<float> y) =>
        TryMultiply(x, y, isPooled: false, static (call, length) => call.RunSingleProduct(default(DeviceStore<float>), length, cost: 1)) ?? TensorMath.MatMul(x, y);

    /// <inheritdoc cref="TensorMath.MatMul{T}"/>
    public static Tensor<double> MatMul(Tensor<double> x, Tensor<double> y) =>
        TryMultiply(x, y, isPooled: false, static (call, length) => call.RunDoubleProduct(default(DeviceStore<double>), length, cost: 1)) ?? TensorMath.MatMul(x, y);

    /// <summary><see cref="TensorMath.MatMul{T}"/> into a tensor of the pool.</summary>
    public static Tensor<float> PooledMatMul(Tensor<float> x, Tensor<float> y) =>
        TryPooledMatMul(x, y) ?? KernelProducts.PooledMatMul(x, y);

    /// <summary><see cref="TensorMath.MatMul{T}"/> into a tensor of the pool.</summary>
    public static Tensor<double> PooledMatMul(Tensor<double> x, Tensor<double> y) =>
        TryPooledMatMul(x, y) ?? KernelProducts.PooledMatMul(x, y);

    /// <summary>The same where the device takes the work; else null.</summary>
    public static Tensor<float>? TryPooledMatMul(Tensor<float> x, Tensor<float> y) =>
        TryMultiply(x, y, isPooled: true, static (call, length) => call.RunSingleProduct(default(DeviceStore<float>), length, cost: 1));

    /// <summary>The same where the device takes the work; else null.</summary>
    public static Tensor<double>? TryPooledMatMul(Tensor<double> x, Tensor<double> y) =>
        TryMultiply(x, y, isPooled: true, static (call, length) => call.RunDoubleProduct(default(DeviceStore<double>), length, cost: 1));

    private static Tensor<T>? TryMultiply<T>(Tensor<T> x, Tensor<T> y, bool isPooled, Func<DeviceCall, nint, bool> run)
        where T : unmanaged, INumber<T>
    {
        if (!DeviceSwitch.IsOn || !new MatMulProduct<T>(x, y).TryGetLayout(out KernelLayout layout)
            || !DeviceCall.ProductMayPay(x, y, KernelProducts.Length(in layout), cost: 1, Unsafe.SizeOf<T>()))
        {
            DeviceCall.Synchronize();
            return null;
        }

        ReadOnlySpan<nint> shape = KernelProducts.Shape(in layout);
        Tensor<T> result = isPooled ? TensorPool.Rent<T>(shape) : Tensor.CreateFromShapeUninitialized<T>(shape);
        DeviceCall call = DeviceCall.Begin();
        call.Write(result);
        call.Multiply(x, y);
        if (run(call, KernelProducts.Length(in layout)))
        {
            return result;
        }

        TensorPool.Return(isPooled ? result : null);
        return null;
    }
}
