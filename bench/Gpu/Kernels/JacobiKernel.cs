using global::ILGPU;

namespace GraphWeaver.Benchmarks.Gpu.Kernels;

/// <summary>Half a step: one thread for a point inside the border.</summary>
internal static class JacobiKernel
{
    public static void Run(Index2D inner, ArrayView<double> x, ArrayView<double> y, int n)
    {
        int i = (inner.Y + 1) * n + inner.X + 1;
        y[i] = 0.2 * (x[i] + x[i - 1] + x[i + 1] + x[i + n] + x[i - n]);
    }
}
