using System.Numerics.Tensors;

namespace GraphWeaver.Benchmarks.Programs;

/// <summary>A network of three dense layers: two rectified, the last a softmax.</summary>
public static class Mlp
{
    /// <summary>The shares of each row of <paramref name="x"/>.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static Tensor<float> Run(
        Tensor<float> x, Tensor<float> w1, Tensor<float> b1, Tensor<float> w2, Tensor<float> b2, Tensor<float> w3, Tensor<float> b3)
    {
        Tensor<float> hidden1 = Tensor.Max<float>(TensorMath.MatMul(x, w1) + b1, 0f);
        Tensor<float> hidden2 = Tensor.Max<float>(TensorMath.MatMul(hidden1, w2) + b2, 0f);
        return TensorMath.SoftMax(TensorMath.MatMul(hidden2, w3) + b3);
    }
}
