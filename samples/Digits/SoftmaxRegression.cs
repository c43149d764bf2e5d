using System.Numerics.Tensors;
using GraphWeaver;

namespace Digits;

/// <summary>One linear layer and a softmax. The loss is convex, so the weights may start at zero.</summary>
internal sealed class SoftmaxRegression(LearningRate rate) : IClassifier
{
    private readonly Adam weights = new(Matrices.Zeros(DigitSet.Columns, DigitSet.Classes), rate);

    public Tensor<float> Classify(DigitSet digits) => SoftmaxLayer.Probabilities(digits.Pixels, weights.Weights);

    public void Learn(DigitSet batch)
    {
        Tensor<float> error = SoftmaxLayer.Error(Classify(batch), batch.Targets, batch.Count);
        weights.Step(TensorMath.MatMul(batch.TransposedPixels, error));
    }
}
