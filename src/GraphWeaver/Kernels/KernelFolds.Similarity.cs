using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels;

/// <content>The cosine of the angle between two tensors seen as vectors.</content>
public static partial class KernelFolds
{
    /// <summary>No element yet.</summary>
    public static KernelSimilarity<T> CosineSimilarityStart<T>(nint start)
        where T : INumberBase<T> =>
        new() { Products = T.Zero, SquaresOfX = T.Zero, SquaresOfY = T.Zero };

    /// <summary>Takes a tile's elements in.</summary>
    public static void CosineSimilarity<T>(ref KernelSimilarity<T> state, ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : INumberBase<T>
    {
        state.Products += TensorPrimitives.Dot(x, y);
        state.SquaresOfX += TensorPrimitives.SumOfSquares(x);
        state.SquaresOfY += TensorPrimitives.SumOfSquares(y);
    }

    /// <summary>No element yet.</summary>
    public static KernelSimilarity<T> CosineSimilarityInOrderStart<T>(nint start)
        where T : INumberBase<T> =>
        CosineSimilarityStart<T>(start);

    /// <summary>Takes a tile's elements in one after the other, rounding as eager rounds.</summary>
    public static void CosineSimilarityInOrder<T>(ref KernelSimilarity<T> state, ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : INumberBase<T>
    {
        for (int index = 0; index < x.Length; index++)
        {
            state.Products += x[index] * y[index];
            state.SquaresOfX += x[index] * x[index];
            state.SquaresOfY += y[index] * y[index];
        }
    }

    /// <summary>The sum of products divided by the product of the norms.</summary>
    public static T CosineSimilarityOfChunks<T>(ref KernelPartials<KernelSimilarity<T>> partials, nint length, int chunks)
        where T : IRootFunctions<T>
    {
        KernelSimilarity<T> all = partials[0];
        for (int chunk = 1; chunk < chunks; chunk++)
        {
            all.Products += partials[chunk].Products;
            all.SquaresOfX += partials[chunk].SquaresOfX;
            all.SquaresOfY += partials[chunk].SquaresOfY;
        }

        return all.Products / (T.Sqrt(all.SquaresOfX) * T.Sqrt(all.SquaresOfY));
    }
}
