using global::ILGPU;
using global::ILGPU.Algorithms;
using global::ILGPU.Util;

namespace GraphWeaver.Benchmarks.Gpu.Kernels;

/// <summary>
/// One group for a row: its threads go over the row side by side, and reduce what they found as a tree in shared memory. The group's size
/// is a power of two, at most <see cref="GroupSize"/>.
/// </summary>
internal static class RowKernels
{
    public const int GroupSize = 256;

    public static void SoftMax<TFunctions>(ArrayView<float> x, ArrayView<float> y, int columns)
        where TFunctions : struct, IFunctions
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(GroupSize);
        int row = Grid.IdxX * columns;
        float largest = float.NegativeInfinity;
        for (int c = Group.IdxX; c < columns; c += Group.DimX)
        {
            largest = XMath.Max(largest, x[row + c]);
        }

        largest = Largest(shared, largest);
        float sum = 0f;
        for (int c = Group.IdxX; c < columns; c += Group.DimX)
        {
            float weight = default(TFunctions).Exp(x[row + c] - largest);
            y[row + c] = weight;
            sum += weight;
        }

        sum = Sum(shared, sum);
        for (int c = Group.IdxX; c < columns; c += Group.DimX)
        {
            y[row + c] /= sum;
        }
    }

    public static void LayerNorm(ArrayView<float> x, ArrayView<float> gain, ArrayView<float> bias, ArrayView<float> y, int columns)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(GroupSize);
        int row = Grid.IdxX * columns;
        float sum = 0f;
        for (int c = Group.IdxX; c < columns; c += Group.DimX)
        {
            sum += x[row + c];
        }

        float mean = Sum(shared, sum) / columns;
        float squares = 0f;
        for (int c = Group.IdxX; c < columns; c += Group.DimX)
        {
            float distance = x[row + c] - mean;
            squares += distance * distance;
        }

        float deviation = XMath.Sqrt(Sum(shared, squares) / columns + 1e-5f);
        for (int c = Group.IdxX; c < columns; c += Group.DimX)
        {
            y[row + c] = (x[row + c] - mean) / deviation * gain[c] + bias[c];
        }
    }

    // Every thread returns the sum of all; the last barrier lets the next reduction write.
    private static float Sum(ArrayView<float> shared, float value)
    {
        shared[Group.IdxX] = value;
        Group.Barrier();
        for (int half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
            {
                shared[Group.IdxX] += shared[Group.IdxX + half];
            }

            Group.Barrier();
        }

        float sum = shared[0];
        Group.Barrier();
        return sum;
    }

    private static float Largest(ArrayView<float> shared, float value)
    {
        shared[Group.IdxX] = value;
        Group.Barrier();
        for (int half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
            {
                shared[Group.IdxX] = XMath.Max(shared[Group.IdxX], shared[Group.IdxX + half]);
            }

            Group.Barrier();
        }

        float largest = shared[0];
        Group.Barrier();
        return largest;
    }
}
