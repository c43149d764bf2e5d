using System.Globalization;
using System.Numerics.Tensors;
using System.Text;
using Digits;

const int softmaxEpochs = 100;
const int networkEpochs = 20;
const int drawnInRow = 4;

Console.OutputEncoding = Encoding.UTF8;

DigitSet raw = DigitSet.Load(Path.Combine(AppContext.BaseDirectory, "data", "digits.csv"));
int heldOutCount = raw.Count / 3;
int learnedCount = raw.Count - heldOutCount;
DigitSet digits = raw.With(Preparation.Prepare(raw.Pixels));
DigitSet learned = digits.Rows(0, learnedCount);
DigitSet shifted = learned.WithShifts();
DigitSet heldOut = digits.Rows(learnedCount, heldOutCount);
Console.WriteLine($"{digits.Count} handwritten digits of 8x8 pixels: {learned.Count} to learn from, the last {heldOut.Count} held out.");

var softmaxTraining = new Training(learned, heldOut, softmaxEpochs);
var networkTraining = new Training(shifted, heldOut, networkEpochs);
SoftmaxRegression NewSoftmax() => new(new LearningRate(0.012, softmaxTraining.Steps / 2.0));
HiddenLayerNetwork NewNetwork() => new(new LearningRate(0.003, networkTraining.Steps / 2.0));

Console.WriteLine();
Console.WriteLine("Softmax regression");
SoftmaxRegression softmax = NewSoftmax();
softmaxTraining.RunAloud(softmax);

Console.WriteLine();
Console.WriteLine($"A network with one hidden layer, which also learns from copies shifted by a pixel ({shifted.Count} digits)");
HiddenLayerNetwork network = NewNetwork();
networkTraining.RunAloud(network);

Console.WriteLine();
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"Accuracy on the held-out third: softmax regression {softmaxTraining.Accuracy(softmax):P1}, network {networkTraining.Accuracy(network):P1}."));

Console.WriteLine();
DigitSet drawn = raw.Rows(learnedCount, heldOutCount);
Tensor<float> probabilities = network.Classify(heldOut);
int[] predictions = Matrices.LargestColumns(probabilities);
int[] errors = [.. Enumerable.Range(0, heldOut.Count).Where(row => predictions[row] != heldOut.Labels[row])];
Console.WriteLine("The network reads the first held-out digits so:");
Gallery.Draw(drawn, probabilities, [.. Enumerable.Range(0, drawnInRow)]);
Console.WriteLine();
Console.WriteLine($"It misreads {errors.Length} of {heldOut.Count}. The first of them:");
Gallery.Draw(drawn, probabilities, [.. errors.Take(drawnInRow)]);

Console.WriteLine();
Console.WriteLine("The same training, eager and woven");
Comparison.Run("softmax regression", softmaxTraining, NewSoftmax);
Comparison.Run("network", networkTraining, NewNetwork);

Console.WriteLine();
Console.WriteLine("What the build did");
BuildReport.Print();
