using System.Globalization;
using System.Numerics.Tensors;

namespace Digits;

/// <summary>
/// Handwritten digits as matrices, one digit a row. <see cref="Pixels"/> is [rows, 65]: the 64 pixels of the 8x8 image, then
/// a column that is the same in all rows, so that a product with a weight matrix carries the bias in the matrix's last row.
/// <see cref="Targets"/> is [rows, 10]: a one in the column of the digit's label.
/// </summary>
internal sealed class DigitSet(Tensor<float> pixels, int[] labels)
{
    public const int Side = 8;
    public const int Columns = Side * Side + 1;
    public const int Classes = 10;
    private const float Brightest = 16f;

    public Tensor<float> Pixels { get; } = pixels;

    /// <summary>The pixels, [65, rows]: the gradient of a weight matrix is its product with the error.</summary>
    public Tensor<float> TransposedPixels { get; } = Matrices.Transpose(pixels);

    public int[] Labels { get; } = labels;

    public Tensor<float> Targets { get; } = OneHot(labels);

    public int Count => Labels.Length;

    /// <summary>Reads lines of 64 pixel counts 0..16 and a label, separated by commas. Pixels are scaled to 0..1; the last column is ones.</summary>
    public static DigitSet Load(string path)
    {
        string[] lines = File.ReadAllLines(path);
        var pixels = new float[lines.Length * Columns];
        var labels = new int[lines.Length];
        for (int row = 0; row < lines.Length; row++)
        {
            string[] fields = lines[row].Split(',');
            for (int column = 0; column < Columns - 1; column++)
            {
                pixels[row * Columns + column] = int.Parse(fields[column], CultureInfo.InvariantCulture) / Brightest;
            }

            pixels[row * Columns + Columns - 1] = 1f;
            labels[row] = int.Parse(fields[Columns - 1], CultureInfo.InvariantCulture);
        }

        return new DigitSet(Tensor.Create(pixels, [lines.Length, Columns]), labels);
    }

    /// <summary>The same digits with other pixels, [rows, 65].</summary>
    public DigitSet With(Tensor<float> otherPixels) => new(otherPixels, Labels);

    /// <summary>A copy of <paramref name="count"/> rows.</summary>
    public DigitSet Rows(int start, int count)
    {
        var copy = new float[count * Columns];
        for (int row = 0; row < count; row++)
        {
            Row(start + row).CopyTo(copy.AsSpan(row * Columns));
        }

        return new DigitSet(Tensor.Create(copy, [count, Columns]), Labels[start..(start + count)]);
    }

    /// <summary>Cuts the set into batches of <paramref name="size"/> rows; the last may be smaller.</summary>
    public DigitSet[] Batches(int size) =>
        [.. Enumerable.Range(0, (Count + size - 1) / size).Select(i => Rows(i * size, Math.Min(size, Count - i * size)))];

    /// <summary>Each digit, followed by its four copies moved by one pixel; the border pixels fill what moves in.</summary>
    public DigitSet WithShifts()
    {
        (int Right, int Down)[] shifts = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)];
        int count = Count * shifts.Length;
        var copy = new float[count * Columns];
        for (int row = 0; row < count; row++)
        {
            (int right, int down) = shifts[row % shifts.Length];
            Shift(Row(row / shifts.Length), copy.AsSpan(row * Columns, Columns), right, down);
        }

        int[] labels = [.. Labels.SelectMany(label => Enumerable.Repeat(label, shifts.Length))];
        return new DigitSet(Tensor.Create(copy, [count, Columns]), labels);
    }

    private static void Shift(ReadOnlySpan<float> image, Span<float> shifted, int right, int down)
    {
        image.CopyTo(shifted);
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                shifted[y * Side + x] = image[Math.Clamp(y - down, 0, Side - 1) * Side + Math.Clamp(x - right, 0, Side - 1)];
            }
        }
    }

    private ReadOnlySpan<float> Row(int row) => Pixels.GetSpan([row, 0], Columns);

    private static Tensor<float> OneHot(int[] labels)
    {
        var targets = new float[labels.Length * Classes];
        for (int row = 0; row < labels.Length; row++)
        {
            targets[row * Classes + labels[row]] = 1f;
        }

        return Tensor.Create(targets, [labels.Length, Classes]);
    }
}
