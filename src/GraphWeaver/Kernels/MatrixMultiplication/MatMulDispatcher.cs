using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>Chooses the widest tile of the machine. <see cref="BlockedMatMul{T, TTile, TSource}"/> says what the arguments are.</summary>
internal static unsafe class MatMulDispatcher
{
    /// <summary>The products of float matrices.</summary>
    internal static void Multiply<TSource>(StridedMatrices<float> a, TSource b, float* c, MatMulShape shape, nint batches, float* bias = null)
        where TSource : struct, IPanelSource<float>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            new BlockedMatMul<float, SingleTile512, TSource>(a, b, c, shape, batches, bias).Run();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            new BlockedMatMul<float, SingleTile256, TSource>(a, b, c, shape, batches, bias).Run();
        }
        else
        {
            new BlockedMatMul<float, SingleTile128, TSource>(a, b, c, shape, batches, bias).Run();
        }
    }

    /// <summary>The products of double matrices.</summary>
    internal static void Multiply<TSource>(StridedMatrices<double> a, TSource b, double* c, MatMulShape shape, nint batches, double* bias = null)
        where TSource : struct, IPanelSource<double>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            new BlockedMatMul<double, DoubleTile512, TSource>(a, b, c, shape, batches, bias).Run();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            new BlockedMatMul<double, DoubleTile256, TSource>(a, b, c, shape, batches, bias).Run();
        }
        else
        {
            new BlockedMatMul<double, DoubleTile128, TSource>(a, b, c, shape, batches, bias).Run();
        }
    }
}
