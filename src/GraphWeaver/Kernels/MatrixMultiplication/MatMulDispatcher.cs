using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>Chooses the widest tile of the machine. <see cref="BlockedMatMul{T, TTile, TSource}"/> says what the arguments are, and the result.</summary>
internal static unsafe class MatMulDispatcher
{
    /// <summary>The products of float matrices, and the epilogue.</summary>
    internal static bool Multiply<TSource>(
        StridedMatrices<float> a, TSource b, float* c, MatMulShape shape, nint batches, float* bias, KernelEpilogue epilogue)
        where TSource : struct, IPanelSource<float> =>
        Vector512.IsHardwareAccelerated ? new BlockedMatMul<float, SingleTile512, TSource>(a, b, c, shape, batches, bias, epilogue).Run()
        : Vector256.IsHardwareAccelerated ? new BlockedMatMul<float, SingleTile256, TSource>(a, b, c, shape, batches, bias, epilogue).Run()
        : new BlockedMatMul<float, SingleTile128, TSource>(a, b, c, shape, batches, bias, epilogue).Run();

    /// <summary>The products of double matrices, and the epilogue.</summary>
    internal static bool Multiply<TSource>(
        StridedMatrices<double> a, TSource b, double* c, MatMulShape shape, nint batches, double* bias, KernelEpilogue epilogue)
        where TSource : struct, IPanelSource<double> =>
        Vector512.IsHardwareAccelerated ? new BlockedMatMul<double, DoubleTile512, TSource>(a, b, c, shape, batches, bias, epilogue).Run()
        : Vector256.IsHardwareAccelerated ? new BlockedMatMul<double, DoubleTile256, TSource>(a, b, c, shape, batches, bias, epilogue).Run()
        : new BlockedMatMul<double, DoubleTile128, TSource>(a, b, c, shape, batches, bias, epilogue).Run();
}
