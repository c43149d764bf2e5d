using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// Chooses the widest tile of the machine for float and double, and the row form for the rest. The bits of the product depend on none but the
/// machine: an epilogue is run over finished elements, and has no part in their sums.
/// </summary>
internal static unsafe class MatMulDispatcher
{
    /// <summary>
    /// c = a b for row-major matrices, and then the epilogue, a kernel over the elements of c in row-major order, block by block; c is not empty.
    /// The cost of an element of the epilogue is in float additions. False when the epilogue gave up.
    /// </summary>
    internal static bool Multiply<T, TEpilogue>(in T a, in T b, ref T c, MatMulShape shape, ref TEpilogue epilogue, int epilogueCost)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T>
        where TEpilogue : struct, IKernel, allows ref struct
    {
        fixed (byte* finish = &Unsafe.As<TEpilogue, byte>(ref epilogue))
        {
            if (typeof(T) == typeof(float) && Vector128.IsHardwareAccelerated)
            {
                return MultiplySingle<TEpilogue>(
                    in Unsafe.As<T, float>(ref Unsafe.AsRef(in a)), in Unsafe.As<T, float>(ref Unsafe.AsRef(in b)), ref Unsafe.As<T, float>(ref c), shape, finish, epilogueCost);
            }

            if (typeof(T) == typeof(double) && Vector128.IsHardwareAccelerated)
            {
                return MultiplyDouble<TEpilogue>(
                    in Unsafe.As<T, double>(ref Unsafe.AsRef(in a)), in Unsafe.As<T, double>(ref Unsafe.AsRef(in b)), ref Unsafe.As<T, double>(ref c), shape, finish, epilogueCost);
            }

            return new RowMatMul<T, TEpilogue>(in a, in b, ref c, shape, finish).Run(epilogueCost);
        }
    }

    private static bool MultiplySingle<TEpilogue>(in float a, in float b, ref float c, MatMulShape shape, void* epilogue, int epilogueCost)
        where TEpilogue : struct, IKernel, allows ref struct
    {
        fixed (float* pa = &a, pb = &b, pc = &c)
        {
            return Vector512.IsHardwareAccelerated ? new BlockedMatMul<float, SingleTile512, TEpilogue>(pa, pb, pc, shape, epilogue).Run(epilogueCost)
                : Vector256.IsHardwareAccelerated ? new BlockedMatMul<float, SingleTile256, TEpilogue>(pa, pb, pc, shape, epilogue).Run(epilogueCost)
                : new BlockedMatMul<float, SingleTile128, TEpilogue>(pa, pb, pc, shape, epilogue).Run(epilogueCost);
        }
    }

    private static bool MultiplyDouble<TEpilogue>(in double a, in double b, ref double c, MatMulShape shape, void* epilogue, int epilogueCost)
        where TEpilogue : struct, IKernel, allows ref struct
    {
        fixed (double* pa = &a, pb = &b, pc = &c)
        {
            return Vector512.IsHardwareAccelerated ? new BlockedMatMul<double, DoubleTile512, TEpilogue>(pa, pb, pc, shape, epilogue).Run(epilogueCost)
                : Vector256.IsHardwareAccelerated ? new BlockedMatMul<double, DoubleTile256, TEpilogue>(pa, pb, pc, shape, epilogue).Run(epilogueCost)
                : new BlockedMatMul<double, DoubleTile128, TEpilogue>(pa, pb, pc, shape, epilogue).Run(epilogueCost);
        }
    }
}
