using System.Numerics.Tensors;
using GraphWeaver;

namespace Digits;

/// <summary>Matrices as <see cref="Tensor{T}"/>: what the classifiers need besides arithmetic.</summary>
internal static class Matrices
{
    public static Tensor<float> Zeros(int rows, int columns) => Tensor.Create(new float[rows * columns], [rows, columns]);

    public static Tensor<float> Ones(int rows, int columns)
    {
        var values = new float[rows * columns];
        values.AsSpan().Fill(1f);
        return Tensor.Create(values, [rows, columns]);
    }

    /// <summary>A transposed copy. Marked [Eager]: [Graph] methods call it as ordinary .NET, and no warning is given.</summary>
    [Eager]
    public static Tensor<float> Transpose(Tensor<float> matrix)
    {
        int rows = (int)matrix.Lengths[0];
        int columns = (int)matrix.Lengths[1];
        ReadOnlySpan<float> source = matrix.GetSpan([0, 0], rows * columns);
        var transposed = new float[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                transposed[column * rows + row] = source[row * columns + column];
            }
        }

        return Tensor.Create(transposed, [columns, rows]);
    }

    /// <summary>The column of each row's largest value.</summary>
    public static int[] LargestColumns(Tensor<float> matrix)
    {
        int columns = (int)matrix.Lengths[1];
        var largest = new int[matrix.Lengths[0]];
        for (int row = 0; row < largest.Length; row++)
        {
            largest[row] = TensorPrimitives.IndexOfMax(matrix.GetSpan([row, 0], columns));
        }

        return largest;
    }
}
