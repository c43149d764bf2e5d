using System.Numerics.Tensors;

namespace GraphWeaver.Benchmarks.Programs;

/// <summary>
/// The Gaussian error linear unit in its tanh form, 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) (Hendrycks and Gimpel,
/// arXiv:1606.08415): nine operators.
/// </summary>
public static class GeluChain
{
    /// <summary>The unit of each element, in a fresh tensor.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static Tensor<float> Run(Tensor<float> x) => 0.5f * x * Gate(x);

    /// <summary>The unit of each element, in <paramref name="result"/>.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static void Into(Tensor<float> x, Tensor<float> result) => Tensor.Multiply<float>(0.5f * x, Gate(x), result);

    private static Tensor<float> Gate(Tensor<float> x) => 1f + Tensor.Tanh<float>(0.7978845608f * (x + 0.044715f * x * x * x));
}
