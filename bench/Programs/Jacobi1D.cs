using System.Numerics.Tensors;

namespace GraphWeaver.Benchmarks.Programs;

/// <summary>Jacobi's iteration on a line: each inner point becomes the mean of itself and its two neighbours, to and fro between two tensors.</summary>
public static class Jacobi1D
{
    /// <summary>Takes <paramref name="steps"/> steps from <paramref name="a"/> to <paramref name="b"/> and back.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static void Run(Tensor<double> a, Tensor<double> b, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            b[1..^1] = 0.33333 * (a[..^2] + a[1..^1] + a[2..]);
            a[1..^1] = 0.33333 * (b[..^2] + b[1..^1] + b[2..]);
        }
    }
}
