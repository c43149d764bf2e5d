using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>Chooses the widest tile of the machine for float and double, and the row form for the rest.</summary>
internal static unsafe class MatMulDispatcher
{
    /// <summary>c = a b for row-major matrices; c is not empty.</summary>
    internal static void Multiply<T>(in T a, in T b, ref T c, MatMulShape shape)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>, IMultiplyOperators<T, T, T>
    {
        if (typeof(T) == typeof(float) && Vector128.IsHardwareAccelerated)
        {
            MultiplySingle(in Unsafe.As<T, float>(ref Unsafe.AsRef(in a)), in Unsafe.As<T, float>(ref Unsafe.AsRef(in b)), ref Unsafe.As<T, float>(ref c), shape);
        }
        else if (typeof(T) == typeof(double) && Vector128.IsHardwareAccelerated)
        {
            MultiplyDouble(in Unsafe.As<T, double>(ref Unsafe.AsRef(in a)), in Unsafe.As<T, double>(ref Unsafe.AsRef(in b)), ref Unsafe.As<T, double>(ref c), shape);
        }
        else
        {
            new RowMatMul<T>(in a, in b, ref c, shape).Run();
        }
    }

    private static void MultiplySingle(in float a, in float b, ref float c, MatMulShape shape)
    {
        fixed (float* pa = &a, pb = &b, pc = &c)
        {
            if (Vector512.IsHardwareAccelerated)
            {
                new BlockedMatMul<float, SingleTile512>(pa, pb, pc, shape).Run();
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                new BlockedMatMul<float, SingleTile256>(pa, pb, pc, shape).Run();
            }
            else
            {
                new BlockedMatMul<float, SingleTile128>(pa, pb, pc, shape).Run();
            }
        }
    }

    private static void MultiplyDouble(in double a, in double b, ref double c, MatMulShape shape)
    {
        fixed (double* pa = &a, pb = &b, pc = &c)
        {
            if (Vector512.IsHardwareAccelerated)
            {
                new BlockedMatMul<double, DoubleTile512>(pa, pb, pc, shape).Run();
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                new BlockedMatMul<double, DoubleTile256>(pa, pb, pc, shape).Run();
            }
            else
            {
                new BlockedMatMul<double, DoubleTile128>(pa, pb, pc, shape).Run();
            }
        }
    }
}
