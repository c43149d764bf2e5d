using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels;

/// <summary>
/// Products within kernels: what is asked first, and the product itself, whose finished blocks a kernel goes on with. The code is that of the function
/// of <see cref="TensorMath"/> each stands for, so the bits are. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class KernelProducts
{
    /// <summary>The layout of a product, which is dense.</summary>
    /// <returns>False where there is none, and where a kernel does not take it.</returns>
    public static bool TryGetLayout<T, TProduct>(ref readonly TProduct product, out KernelLayout layout)
        where TProduct : struct, IKernelProduct<T> =>
        product.TryGetLayout(out layout);

    /// <summary>The lengths of a product.</summary>
    public static ReadOnlySpan<nint> Shape([UnscopedRef] ref readonly KernelLayout layout) => ((ReadOnlySpan<nint>)layout.Lengths)[..layout.Rank];

    /// <summary>The number of elements of a product.</summary>
    public static nint Length(ref readonly KernelLayout layout) => layout.Lengths[0] * layout.Strides[0];

    /// <summary>Whether there is a product and it has the given lengths.</summary>
    public static bool HasShape<T, TProduct>(ref readonly TProduct product, ReadOnlySpan<nint> shape)
        where TProduct : struct, IKernelProduct<T> =>
        product.TryGetLayout(out KernelLayout layout) && Shape(in layout).SequenceEqual(shape);

    /// <summary>The least distance of an element from the tensor's first.</summary>
    public static nint Lowest(ref readonly KernelAccess access) => access.Lowest;

    /// <summary>The largest distance of an element from the tensor's first.</summary>
    public static nint Highest(ref readonly KernelAccess access) => access.Highest;

    /// <summary>Whether no operand of a product shares memory with elements that lie from <paramref name="lowest"/> to <paramref name="highest"/> after the first.</summary>
    public static bool IsApart<T, TProduct, TOther>(ref readonly TProduct product, ref TOther first, nint lowest, nint highest)
        where TProduct : struct, IKernelProduct<T> =>
        product.IsApart(ref first, lowest, highest);

    /// <summary>Computes a product into a dense tensor of its shape.</summary>
    public static void Compute<T, TProduct>(ref readonly TProduct product, Tensor<T> result)
        where TProduct : struct, IKernelProduct<T> =>
        product.Compute(result, epilogue: default);

    /// <summary>Computes a product into a dense tensor of its shape, and runs a kernel over each block of it that is finished. False when that gave up.</summary>
    public static bool Run<T, TProduct, TKernel>(ref readonly TProduct product, Tensor<T> result, ref TKernel kernel, int cost)
        where TProduct : struct, IKernelProduct<T>
        where TKernel : struct, IKernel, allows ref struct
    {
        // Generated kernels live on the stack; pinning makes the address good wherever the struct is, at no cost.
        fixed (byte* address = &Unsafe.As<TKernel, byte>(ref kernel))
        {
            return product.Compute(result, new KernelEpilogue(address, &Execute<TKernel>, cost));
        }
    }

    /// <summary><see cref="TensorMath.MatMul{T}(Tensor{T}, Tensor{T})"/> into a tensor of the pool.</summary>
    public static Tensor<T> PooledMatMul<T>(Tensor<T> x, Tensor<T> y)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T> =>
        TensorMath.Product(x, y, isPooled: true);

    /// <summary><see cref="TensorMath.Conv2D{T}(Tensor{T}, Tensor{T}, int, int)"/> into a tensor of the pool.</summary>
    public static Tensor<T> PooledConv2D<T>(Tensor<T> input, Tensor<T> weights, int stride, int padding)
        where T : INumberBase<T> =>
        TensorMath.Convolution(input, weights, bias: null, stride, padding, isPooled: true);

    /// <summary><see cref="TensorMath.Conv2D{T}(Tensor{T}, Tensor{T}, Tensor{T}, int, int)"/> into a tensor of the pool.</summary>
    public static Tensor<T> PooledConv2D<T>(Tensor<T> input, Tensor<T> weights, Tensor<T>? bias, int stride, int padding)
        where T : INumberBase<T> =>
        TensorMath.Convolution(input, weights, bias, stride, padding, isPooled: true);

    /// <summary>Whether an operand, which is not empty, shares no memory with elements that lie from <paramref name="lowest"/> to <paramref name="highest"/> after the first.</summary>
    internal static bool IsApart<T, TOther>(Tensor<T> operand, ref TOther first, nint lowest, nint highest)
    {
        nint last = 0;
        for (int dimension = 0; dimension < operand.Rank; dimension++)
        {
            last += (operand.Lengths[dimension] - 1) * operand.Strides[dimension];
        }

        nint distance = Unsafe.ByteOffset(
            ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in operand.GetPinnableReference())), ref Unsafe.As<TOther, byte>(ref first));
        return distance + (lowest * Unsafe.SizeOf<TOther>()) >= (last + 1) * Unsafe.SizeOf<T>() || distance + ((highest + 1) * Unsafe.SizeOf<TOther>()) <= 0;
    }

    private static bool Execute<TKernel>(void* kernel, nint start, nint end)
        where TKernel : struct, IKernel, allows ref struct =>
        Unsafe.AsRef<TKernel>(kernel).Execute(0, start, end);
}
