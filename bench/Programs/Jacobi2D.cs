using System.Numerics.Tensors;

namespace GraphWeaver.Benchmarks.Programs;

/// <summary>Jacobi's iteration on a square: each inner point becomes the mean of itself and its four neighbours, to and fro between two tensors.</summary>
public static class Jacobi2D
{
    /// <summary>Takes <paramref name="steps"/> steps from <paramref name="a"/> to <paramref name="b"/> and back.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static void Run(Tensor<double> a, Tensor<double> b, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            b[1..^1, 1..^1] = 0.2 * (a[1..^1, 1..^1] + a[1..^1, ..^2] + a[1..^1, 2..] + a[2.., 1..^1] + a[..^2, 1..^1]);
            a[1..^1, 1..^1] = 0.2 * (b[1..^1, 1..^1] + b[1..^1, ..^2] + b[1..^1, 2..] + b[2.., 1..^1] + b[..^2, 1..^1]);
        }
    }
}
