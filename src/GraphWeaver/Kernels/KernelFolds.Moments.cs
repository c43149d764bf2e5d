using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels;

/// <content>
/// The standard deviation in one pass. Each part of a tile has its own mean and squares of distances from it; parts are joined by the formula of Chan,
/// Golub and LeVeque (<em>Algorithms for computing the sample variance</em>, 1983), which loses no more than eager's second pass does.
/// </content>
public static partial class KernelFolds
{
    private const int Part = 256;

    /// <summary>No element yet.</summary>
    public static KernelMoments<T> StdDevStart<T>(nint start)
        where T : INumberBase<T> =>
        new() { Mean = T.Zero, Squares = T.Zero };

    /// <summary>Takes a tile's elements in.</summary>
    public static void StdDev<T>(ref KernelMoments<T> state, ReadOnlySpan<T> x)
        where T : unmanaged, INumber<T>
    {
        Span<T> distances = stackalloc T[Part];
        for (int start = 0; start < x.Length; start += Part)
        {
            ReadOnlySpan<T> part = x.Slice(start, Math.Min(Part, x.Length - start));
            T mean = TensorPrimitives.Sum(part) / T.CreateChecked(part.Length);
            TensorPrimitives.Subtract(part, mean, distances);
            Join(ref state, new KernelMoments<T> { Count = part.Length, Mean = mean, Squares = TensorPrimitives.SumOfSquares<T>(distances[..part.Length]) });
        }
    }

    /// <summary>The square root of the mean squared distance from the mean of all elements.</summary>
    public static T StdDevOfChunks<T>(ref KernelPartials<KernelMoments<T>> partials, nint length, int chunks)
        where T : INumber<T>, IRootFunctions<T>
    {
        KernelMoments<T> all = partials[0];
        for (int chunk = 1; chunk < chunks; chunk++)
        {
            Join(ref all, partials[chunk]);
        }

        return T.Sqrt(all.Squares / T.CreateChecked(length));
    }

    private static void Join<T>(ref KernelMoments<T> state, KernelMoments<T> next)
        where T : INumber<T>
    {
        if (state.Count == 0)
        {
            state = next;
            return;
        }

        nint count = state.Count + next.Count;
        T share = T.CreateChecked(next.Count) / T.CreateChecked(count);
        T distance = next.Mean - state.Mean;
        state.Squares += next.Squares;

        // A mean that is not finite belongs to squares that are not: infinite where a sum overflowed, as eager's are, else NaN.
        if (T.IsFinite(distance))
        {
            state.Squares += distance * distance * T.CreateChecked(state.Count) * share;
        }

        state.Mean += distance * share;
        state.Count = count;
    }
}
