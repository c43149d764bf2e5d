using System.Numerics.Tensors;

namespace GraphWeaver.Benchmarks.Programs;

/// <summary>Layer normalisation (Ba, Kiros and Hinton, arXiv:1607.06450) of each row, with a gain and a bias for each column.</summary>
public static class LayerNorm
{
    /// <summary>The normalised rows in a fresh tensor.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static Tensor<float> Run(Tensor<float> x, Tensor<float> gain, Tensor<float> bias) => Scaled(x, gain) + bias;

    /// <summary>The normalised rows in <paramref name="result"/>.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static void Into(Tensor<float> x, Tensor<float> gain, Tensor<float> bias, Tensor<float> result) =>
        Tensor.Add<float>(Scaled(x, gain), bias, result);

    private static Tensor<float> Scaled(Tensor<float> x, Tensor<float> gain)
    {
        Tensor<float> distance = x - TensorMath.Mean(x, 1, keepDimensions: true);
        Tensor<float> variance = TensorMath.Mean(distance * distance, 1, keepDimensions: true);
        return distance / Tensor.Sqrt<float>(variance + 1e-5f) * gain;
    }
}
