using global::ILGPU;
using global::ILGPU.Algorithms;
using global::ILGPU.Util;

namespace GraphWeaver.Benchmarks.Gpu.Kernels;

/// <summary>
/// x w + bias, rectified if wanted: a group of 16 by 16 threads makes 16 rows by 64 columns of the result, four columns a thread, from tiles of
/// both factors in shared memory, 16 of the summed dimension at a time. Beyond the edges the tiles hold zeros.
/// </summary>
internal static class DenseLayerKernel
{
    public const int Rows = 16;
    public const int Columns = 64;
    private const int Depth = 16;
    private const int Threads = 16;

    public static void Run(ArrayView<float> x, ArrayView<float> w, ArrayView<float> bias, ArrayView<float> y, int m, int n, int k, int rectify)
    {
        ArrayView<float> left = SharedMemory.Allocate<float>(Rows * Depth);
        ArrayView<float> right = SharedMemory.Allocate<float>(Depth * Columns);
        int column = Group.IdxX;
        int row = Group.IdxY;
        int firstColumn = Grid.IdxX * Columns + column;
        int globalRow = Grid.IdxY * Rows + row;
        float sum0 = 0f;
        float sum1 = 0f;
        float sum2 = 0f;
        float sum3 = 0f;
        for (int start = 0; start < k; start += Depth)
        {
            left[row * Depth + column] = globalRow < m && start + column < k ? x[globalRow * k + start + column] : 0f;
            for (int c = 0; c < Columns; c += Threads)
            {
                right[row * Columns + column + c] = start + row < k && firstColumn + c < n ? w[(start + row) * n + firstColumn + c] : 0f;
            }

            Group.Barrier();
            for (int d = 0; d < Depth; d++)
            {
                float factor = left[row * Depth + d];
                sum0 += factor * right[d * Columns + column];
                sum1 += factor * right[d * Columns + column + Threads];
                sum2 += factor * right[d * Columns + column + 2 * Threads];
                sum3 += factor * right[d * Columns + column + 3 * Threads];
            }

            Group.Barrier();
        }

        if (globalRow < m)
        {
            int at = globalRow * n;
            Store(bias, y, at, firstColumn, n, sum0, rectify);
            Store(bias, y, at, firstColumn + Threads, n, sum1, rectify);
            Store(bias, y, at, firstColumn + 2 * Threads, n, sum2, rectify);
            Store(bias, y, at, firstColumn + 3 * Threads, n, sum3, rectify);
        }
    }

    private static void Store(ArrayView<float> bias, ArrayView<float> y, int at, int column, int n, float sum, int rectify)
    {
        if (column < n)
        {
            float value = sum + bias[column];
            y[at + column] = rectify == 0 ? value : XMath.Max(value, 0f);
        }
    }
}
