using System.Globalization;
using System.Numerics.Tensors;

namespace Digits;

/// <summary>Draws digits side by side in the terminal, two characters a pixel, each with what it was read as.</summary>
internal static class Gallery
{
    private const string Shades = " ░▒▓█";
    private const string Gap = "   ";
    private const int CellWidth = 2 * DigitSet.Side;

    /// <summary>Draws the digits in <paramref name="rows"/>, whose class probabilities are [rows of the set, 10].</summary>
    public static void Draw(DigitSet digits, Tensor<float> probabilities, IReadOnlyList<int> rows)
    {
        int[] predictions = Matrices.LargestColumns(probabilities);
        for (int line = 0; line < DigitSet.Side; line++)
        {
            Console.WriteLine("  " + string.Join(Gap, rows.Select(row => Line(digits.Pixels, row, line))).TrimEnd());
        }

        Console.WriteLine("  " + string.Join(Gap, rows.Select(row =>
            Caption(digits.Labels[row], predictions[row], probabilities[row, predictions[row]]).PadRight(CellWidth))).TrimEnd());
    }

    private static string Line(Tensor<float> pixels, int row, int line) =>
        string.Concat(Enumerable.Range(line * DigitSet.Side, DigitSet.Side)
            .Select(column => new string(Shades[(int)MathF.Round(pixels[row, column] * (Shades.Length - 1))], 2)));

    private static string Caption(int label, int prediction, float probability) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(label == prediction ? "is" : $"a {label}, not")} {prediction} ({probability:P0})");
}
