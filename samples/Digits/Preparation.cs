using System.Globalization;
using System.Numerics.Tensors;
using GraphWeaver;
using MathNet.Numerics;

namespace Digits;

/// <summary>
/// Centres and sharpens the images: a pixel is moved away from the blurred image, which makes its neighbours less alike
/// and the descent shorter. The blur depends on constants only, so MathNet.Numerics runs while the program is built, and
/// the matrix is data in the assembly.
/// </summary>
internal static class Preparation
{
    private const float Mean = 5f / 16f;
    private const float Gain = 16f / 6f;
    private const float Sharpness = 2f;
    private const int Width = 3;
    private const double Deviation = 0.5;

    /// <summary>Prepares images given as [rows, 65] with pixels 0..1. The last column stays the same in all rows.</summary>
    [Graph]
    public static Tensor<float> Prepare(Tensor<float> pixels)
    {
        double[] window = Window.Gauss(Width, Deviation);
        double total = 0;
        for (int tap = 0; tap < Width; tap++)
        {
            total += window[tap];
        }

        double centre = window[Width / 2] / total;
        Console.WriteLine("Blur window: the centre weighs " + centre.ToString("F3", CultureInfo.InvariantCulture) + " of the whole");
        Tensor<float> centred = (pixels - Mean) * Gain;
        Tensor<float> blurred = TensorMath.MatMul(centred, BlurMatrix(window, total));
        return centred + (centred - blurred) * Sharpness;
    }

    /// <summary>[65, 65]: how much of each pixel (row) goes to each pixel (column); the window is applied along both axes.</summary>
    private static Tensor<float> BlurMatrix(double[] window, double total)
    {
        const int size = DigitSet.Columns;
        var weights = new float[size * size];
        for (int from = 0; from < size - 1; from++)
        {
            for (int to = 0; to < size - 1; to++)
            {
                double across = Weight(window, from % DigitSet.Side - to % DigitSet.Side);
                double down = Weight(window, from / DigitSet.Side - to / DigitSet.Side);
                weights[from * size + to] = (float)(across * down / (total * total));
            }
        }

        weights[size * size - 1] = 1f;
        return Tensor.Create(weights, [size, size]);
    }

    private static double Weight(double[] window, int distance) =>
        Math.Abs(distance) <= window.Length / 2 ? window[window.Length / 2 + distance] : 0;
}
