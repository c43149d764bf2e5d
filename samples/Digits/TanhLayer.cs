using System.Numerics.Tensors;
using GraphWeaver;

namespace Digits;

/// <summary>The hidden layer: a matrix product and a tanh, forward and backward.</summary>
internal static class TanhLayer
{
    /// <summary>Activations, [rows, units], from inputs [rows, n] and weights [n, units].</summary>
    [Graph]
    public static Tensor<float> Activations(Tensor<float> inputs, Tensor<float> weights) =>
        Tensor.Tanh<float>(TensorMath.MatMul(inputs, weights));

    /// <summary>Carries the error [rows, m] of the next layer, whose weights are [units, m], back through the tanh: [rows, units].</summary>
    [Graph]
    public static Tensor<float> Error(Tensor<float> activations, Tensor<float> nextWeights, Tensor<float> nextError) =>
        TensorMath.MatMul(nextError, Matrices.Transpose(nextWeights)) * (1f - activations * activations);
}
