using System.Numerics.Tensors;
using GraphWeaver;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Digits;

/// <summary>
/// A tanh layer and a softmax layer. The softmax layer has no bias of its own: a hidden unit whose weight on the column
/// of ones is large acts as one.
/// </summary>
internal sealed class HiddenLayerNetwork : IClassifier
{
    private const int Units = 128;
    private const int Seed = 1998;

    private readonly Adam hidden;
    private readonly Adam output;

    public HiddenLayerNetwork(LearningRate rate)
    {
        var random = new MersenneTwister(Seed);
        hidden = new Adam(InitialWeights(random, DigitSet.Columns, Units), rate);
        output = new Adam(InitialWeights(random, Units, DigitSet.Classes), rate);
    }

    public Tensor<float> Classify(DigitSet digits) =>
        SoftmaxLayer.Probabilities(TanhLayer.Activations(digits.Pixels, hidden.Weights), output.Weights);

    public void Learn(DigitSet batch)
    {
        Tensor<float> activations = TanhLayer.Activations(batch.Pixels, hidden.Weights);
        Tensor<float> probabilities = SoftmaxLayer.Probabilities(activations, output.Weights);
        Tensor<float> outputError = SoftmaxLayer.Error(probabilities, batch.Targets, batch.Count);
        Tensor<float> hiddenError = TanhLayer.Error(activations, output.Weights, outputError);
        output.Step(TensorMath.MatMul(Matrices.Transpose(activations), outputError));
        hidden.Step(TensorMath.MatMul(batch.TransposedPixels, hiddenError));
    }

    /// <summary>Normal deviates with variance 1/rows, which keeps a unit's input near variance 1 (LeCun et al., "Efficient BackProp", 1998).</summary>
    private static Tensor<float> InitialWeights(MersenneTwister random, int rows, int columns)
    {
        var normal = new Normal(0, 1 / Math.Sqrt(rows), random);
        float[] values = [.. normal.Samples().Take(rows * columns).Select(sample => (float)sample)];
        return Tensor.Create(values, [rows, columns]);
    }
}
