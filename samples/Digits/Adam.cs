using System.Numerics.Tensors;
using GraphWeaver;
using MathNet.Numerics;

namespace Digits;

/// <summary>
/// A weight matrix that learns by the Adam rule (Kingma and Ba, arXiv:1412.6980, algorithm 1): each step moves a weight
/// against the running mean of its gradient, divided by the root of the running mean of the gradient's square.
/// </summary>
internal sealed class Adam(Tensor<float> weights, LearningRate rate)
{
    private const float MeanDecay = 0.9f;
    private const float SquareDecay = 0.999f;

    private Tensor<float> mean = weights * 0f;
    private Tensor<float> square = weights * 0f;
    private int step;

    public Tensor<float> Weights { get; private set; } = weights;

    /// <summary>Takes one step against a gradient of the weights' shape.</summary>
    public void Step(Tensor<float> gradient)
    {
        step++;
        mean = Mean(mean, gradient);
        square = Square(square, gradient);
        Weights = Moved(Weights, mean, square, step, rate.Peak, rate.Halfway);
    }

    [Graph]
    private static Tensor<float> Mean(Tensor<float> mean, Tensor<float> gradient) =>
        mean * MeanDecay + gradient * (1f - MeanDecay);

    [Graph]
    private static Tensor<float> Square(Tensor<float> square, Tensor<float> gradient) =>
        square * SquareDecay + gradient * gradient * (1f - SquareDecay);

    [Graph]
    private static Tensor<float> Moved(
        Tensor<float> weights, Tensor<float> mean, Tensor<float> square, int step, double peakRate, double halfway)
    {
        // Deliberate: the argument changes with every step, so this call into MathNet stays ordinary .NET, and the build
        // says so (GW1001). [Eager] on a method around it would accept it in silence.
        double rate = peakRate * SpecialFunctions.Logistic(8 * (1 - step / halfway));
        float corrected = (float)rate * MathF.Sqrt(1f - MathF.Pow(SquareDecay, step)) / (1f - MathF.Pow(MeanDecay, step));
        return weights - mean * corrected / (Tensor.Sqrt<float>(square) + 1e-8f);
    }
}
