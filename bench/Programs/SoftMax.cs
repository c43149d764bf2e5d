using System.Numerics.Tensors;

namespace GraphWeaver.Benchmarks.Programs;

/// <summary>The softmax of each row, with the row's maximum subtracted first.</summary>
public static class SoftMax
{
    /// <summary>The shares in a fresh tensor.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static Tensor<float> Run(Tensor<float> x)
    {
        Tensor<float> weights = Weights(x);
        return weights / TensorMath.Sum(weights, 1, keepDimensions: true);
    }

    /// <summary>The shares in <paramref name="result"/>.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static void Into(Tensor<float> x, Tensor<float> result)
    {
        Tensor<float> weights = Weights(x);
        Tensor.Divide<float>(weights, TensorMath.Sum(weights, 1, keepDimensions: true), result);
    }

    private static Tensor<float> Weights(Tensor<float> x) => Tensor.Exp<float>(x - TensorMath.Max(x, 1, keepDimensions: true));
}
