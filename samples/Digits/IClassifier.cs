using System.Numerics.Tensors;

namespace Digits;

/// <summary>Something that learns to tell digits apart.</summary>
internal interface IClassifier
{
    /// <summary>Takes one step of gradient descent on a batch.</summary>
    public void Learn(DigitSet batch);

    /// <summary>Class probabilities, [rows, 10].</summary>
    public Tensor<float> Classify(DigitSet digits);
}
