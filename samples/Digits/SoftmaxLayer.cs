using System.Numerics.Tensors;
using GraphWeaver;

namespace Digits;

/// <summary>The last layer of both classifiers: a probability for each of the ten classes, and the cross-entropy loss.</summary>
internal static class SoftmaxLayer
{
    // Keeps logarithms and quotients finite where a class is so improbable that its exponential is zero.
    private const float Tiny = 1e-30f;

    // A product with it puts each row's sum in every column of the row.
    private static readonly Tensor<float> rowSums = Matrices.Ones(DigitSet.Classes, DigitSet.Classes);

    /// <summary>Class probabilities, [rows, 10], from inputs [rows, n] and weights [n, 10].</summary>
    [Graph]
    public static Tensor<float> Probabilities(Tensor<float> inputs, Tensor<float> weights)
    {
        Tensor<float> logits = TensorMath.MatMul(inputs, weights);
        Tensor<float> exponentials = Tensor.Exp<float>(logits - Tensor.Max<float>(logits));
        return exponentials / (TensorMath.MatMul(exponentials, rowSums) + Tiny);
    }

    /// <summary>The gradient of the mean cross-entropy by the logits, [rows, 10].</summary>
    [Graph]
    public static Tensor<float> Error(Tensor<float> probabilities, Tensor<float> targets, float rows) =>
        (probabilities - targets) / rows;

    /// <summary>The mean cross-entropy of the true classes, in nats.</summary>
    [Graph]
    public static float Loss(Tensor<float> probabilities, Tensor<float> targets, float rows) =>
        Tensor.Sum<float>(targets * Tensor.Log<float>(probabilities + Tiny)) / -rows;
}
