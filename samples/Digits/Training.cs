using System.Diagnostics;
using System.Globalization;

namespace Digits;

/// <summary>Epochs over the training digits, batch by batch, and what comes of it.</summary>
internal sealed class Training(DigitSet learned, DigitSet heldOut, int epochs)
{
    private const int BatchSize = 50;
    private const int ProgressLines = 5;

    private readonly DigitSet[] batches = learned.Batches(BatchSize);

    /// <summary>Steps of gradient descent in the whole training.</summary>
    public int Steps => epochs * batches.Length;

    /// <summary>Trains, telling of the progress.</summary>
    public void RunAloud(IClassifier classifier)
    {
        int interval = epochs / ProgressLines;
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            RunEpoch(classifier);
            if (epoch == 1 || epoch % interval == 0)
            {
                float loss = SoftmaxLayer.Loss(classifier.Classify(learned), learned.Targets, learned.Count);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  epoch {epoch,3}   loss {loss:F4}   held out {Accuracy(classifier):P1}"));
            }
        }
    }

    /// <summary>Trains in silence, and returns how long it took.</summary>
    public TimeSpan RunTimed(IClassifier classifier)
    {
        long start = Stopwatch.GetTimestamp();
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            RunEpoch(classifier);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>The share of held-out digits, which no step has seen, whose label is the most probable class.</summary>
    public double Accuracy(IClassifier classifier)
    {
        int[] predictions = Matrices.LargestColumns(classifier.Classify(heldOut));
        return predictions.Zip(heldOut.Labels).Count(pair => pair.First == pair.Second) / (double)heldOut.Count;
    }

    private void RunEpoch(IClassifier classifier)
    {
        foreach (DigitSet batch in batches)
        {
            classifier.Learn(batch);
        }
    }
}
