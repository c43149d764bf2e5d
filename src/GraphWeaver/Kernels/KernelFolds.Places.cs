using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels;

/// <content>
/// Searches for the place of an element. Within a tile TensorPrimitives searches, as it does in eager; between what two tiles or chunks have found it
/// decides too, so that NaN, signed zeros and equal magnitudes mean what they mean there.
/// </content>
public static partial class KernelFolds
{
    private interface ISearch<T>
    {
        public static abstract int Find(ReadOnlySpan<T> x);
    }

    /// <summary>Nothing found before <paramref name="start"/>.</summary>
    public static KernelPlace<T> IndexOfMaxStart<T>(nint start) => Nothing<T>(start);

    /// <summary>Goes on looking for the first largest element, or the first NaN.</summary>
    public static void IndexOfMax<T>(ref KernelPlace<T> state, ReadOnlySpan<T> x)
        where T : INumber<T> =>
        Advance<T, MaxSearch<T>>(ref state, x);

    /// <summary>The place found in the first chunk that has one none later beats.</summary>
    public static nint IndexOfMaxOfChunks<T>(ref KernelPartials<KernelPlace<T>> partials, nint length, int chunks)
        where T : INumber<T> =>
        First<T, MaxSearch<T>>(ref partials, chunks);

    /// <summary>Nothing found before <paramref name="start"/>.</summary>
    public static KernelPlace<T> IndexOfMinStart<T>(nint start) => Nothing<T>(start);

    /// <summary>Goes on looking for the first smallest element, or the first NaN.</summary>
    public static void IndexOfMin<T>(ref KernelPlace<T> state, ReadOnlySpan<T> x)
        where T : INumber<T> =>
        Advance<T, MinSearch<T>>(ref state, x);

    /// <summary>The place found in the first chunk that has one none later beats.</summary>
    public static nint IndexOfMinOfChunks<T>(ref KernelPartials<KernelPlace<T>> partials, nint length, int chunks)
        where T : INumber<T> =>
        First<T, MinSearch<T>>(ref partials, chunks);

    /// <summary>Nothing found before <paramref name="start"/>.</summary>
    public static KernelPlace<T> IndexOfMaxMagnitudeStart<T>(nint start) => Nothing<T>(start);

    /// <summary>Goes on looking for the first element of largest magnitude, or the first NaN.</summary>
    public static void IndexOfMaxMagnitude<T>(ref KernelPlace<T> state, ReadOnlySpan<T> x)
        where T : INumber<T> =>
        Advance<T, MaxMagnitudeSearch<T>>(ref state, x);

    /// <summary>The place found in the first chunk that has one none later beats.</summary>
    public static nint IndexOfMaxMagnitudeOfChunks<T>(ref KernelPartials<KernelPlace<T>> partials, nint length, int chunks)
        where T : INumber<T> =>
        First<T, MaxMagnitudeSearch<T>>(ref partials, chunks);

    /// <summary>Nothing found before <paramref name="start"/>.</summary>
    public static KernelPlace<T> IndexOfMinMagnitudeStart<T>(nint start) => Nothing<T>(start);

    /// <summary>Goes on looking for the first element of smallest magnitude, or the first NaN.</summary>
    public static void IndexOfMinMagnitude<T>(ref KernelPlace<T> state, ReadOnlySpan<T> x)
        where T : INumber<T> =>
        Advance<T, MinMagnitudeSearch<T>>(ref state, x);

    /// <summary>The place found in the first chunk that has one none later beats.</summary>
    public static nint IndexOfMinMagnitudeOfChunks<T>(ref KernelPartials<KernelPlace<T>> partials, nint length, int chunks)
        where T : INumber<T> =>
        First<T, MinMagnitudeSearch<T>>(ref partials, chunks);

    private static KernelPlace<T> Nothing<T>(nint start) => new() { Index = -1, Next = start };

    private static void Advance<T, TSearch>(ref KernelPlace<T> state, ReadOnlySpan<T> x)
        where TSearch : ISearch<T>
    {
        int place = TSearch.Find(x);
        if (state.Index < 0 || IsSecondBetter<T, TSearch>(state.Value, x[place]))
        {
            state.Value = x[place];
            state.Index = state.Next + place;
        }

        state.Next += x.Length;
    }

    private static nint First<T, TSearch>(ref KernelPartials<KernelPlace<T>> partials, int chunks)
        where TSearch : ISearch<T>
    {
        KernelPlace<T> best = partials[0];
        for (int chunk = 1; chunk < chunks; chunk++)
        {
            if (IsSecondBetter<T, TSearch>(best.Value, partials[chunk].Value))
            {
                best = partials[chunk];
            }
        }

        return best.Index;
    }

    private static bool IsSecondBetter<T, TSearch>(T first, T second)
        where TSearch : ISearch<T> =>
        TSearch.Find([first, second]) == 1;

    private readonly struct MaxSearch<T> : ISearch<T>
        where T : INumber<T>
    {
        public static int Find(ReadOnlySpan<T> x) => TensorPrimitives.IndexOfMax(x);
    }

    private readonly struct MinSearch<T> : ISearch<T>
        where T : INumber<T>
    {
        public static int Find(ReadOnlySpan<T> x) => TensorPrimitives.IndexOfMin(x);
    }

    private readonly struct MaxMagnitudeSearch<T> : ISearch<T>
        where T : INumber<T>
    {
        public static int Find(ReadOnlySpan<T> x) => TensorPrimitives.IndexOfMaxMagnitude(x);
    }

    private readonly struct MinMagnitudeSearch<T> : ISearch<T>
        where T : INumber<T>
    {
        public static int Find(ReadOnlySpan<T> x) => TensorPrimitives.IndexOfMinMagnitude(x);
    }
}
