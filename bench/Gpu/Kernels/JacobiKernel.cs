using global::ILGPU;

namespace GraphWeaver.Benchmarks.Gpu.Kernels;

/// <summary>Half a step: one thread for a point inside the border, neighbours in a group in neighbouring columns.</summary>
internal static class JacobiKernel
{
    public const int GroupSize = 64;

    public static void Run(ArrayView<double> x, ArrayView<double> y, int n)
    {
        int column = Grid.IdxX * Group.DimX + Group.IdxX + 1;
        if (column < n - 1)
        {
            int i = (Grid.IdxY + 1) * n + column;
            y[i] = 0.2 * (x[i] + x[i - 1] + x[i + 1] + x[i + n] + x[i - n]);
        }
    }
}
