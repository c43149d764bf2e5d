using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels;

/// <content>
/// The ends of the reductions that look for an element: chunks are compared one by one, and so are the elements of a tile where a number
/// beats NaN, since TensorPrimitives' own forms of that are not eager's for Half.
/// </content>
public static partial class KernelReductions
{
    /// <summary>The largest of the running value and the elements of a tile; NaN wins.</summary>
    public static T Max<T>(T running, ReadOnlySpan<T> tile)
        where T : INumber<T> =>
        T.Max(running, TensorPrimitives.Max(tile));

    /// <summary>The largest of the chunks' values; NaN wins.</summary>
    public static T MaxOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T> =>
        ChooseElement<T, MaxChoice<T>>(partials[0], Chunks(ref partials, chunks));

    /// <summary>The smallest of the running value and the elements of a tile; NaN wins.</summary>
    public static T Min<T>(T running, ReadOnlySpan<T> tile)
        where T : INumber<T> =>
        T.Min(running, TensorPrimitives.Min(tile));

    /// <summary>The smallest of the chunks' values; NaN wins.</summary>
    public static T MinOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T> =>
        ChooseElement<T, MinChoice<T>>(partials[0], Chunks(ref partials, chunks));

    /// <summary>The largest of the running value and the elements of a tile; a number beats NaN.</summary>
    public static T MaxNumber<T>(T running, ReadOnlySpan<T> tile)
        where T : INumber<T> =>
        ChooseElement<T, MaxNumberChoice<T>>(running, tile);

    /// <summary>The largest of the chunks' values; a number beats NaN.</summary>
    public static T MaxNumberOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T> =>
        ChooseElement<T, MaxNumberChoice<T>>(partials[0], Chunks(ref partials, chunks));

    /// <summary>The smallest of the running value and the elements of a tile; a number beats NaN.</summary>
    public static T MinNumber<T>(T running, ReadOnlySpan<T> tile)
        where T : INumber<T> =>
        ChooseElement<T, MinNumberChoice<T>>(running, tile);

    /// <summary>The smallest of the chunks' values; a number beats NaN.</summary>
    public static T MinNumberOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T> =>
        ChooseElement<T, MinNumberChoice<T>>(partials[0], Chunks(ref partials, chunks));

    /// <summary>The one of largest magnitude of the running value and the elements of a tile; NaN wins.</summary>
    public static T MaxMagnitude<T>(T running, ReadOnlySpan<T> tile)
        where T : INumber<T> =>
        T.MaxMagnitude(running, TensorPrimitives.MaxMagnitude(tile));

    /// <summary>The one of largest magnitude of the chunks' values; NaN wins.</summary>
    public static T MaxMagnitudeOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T> =>
        ChooseElement<T, MaxMagnitudeChoice<T>>(partials[0], Chunks(ref partials, chunks));

    /// <summary>The one of smallest magnitude of the running value and the elements of a tile; NaN wins.</summary>
    public static T MinMagnitude<T>(T running, ReadOnlySpan<T> tile)
        where T : INumber<T> =>
        T.MinMagnitude(running, TensorPrimitives.MinMagnitude(tile));

    /// <summary>The one of smallest magnitude of the chunks' values; NaN wins.</summary>
    public static T MinMagnitudeOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T> =>
        ChooseElement<T, MinMagnitudeChoice<T>>(partials[0], Chunks(ref partials, chunks));

    /// <summary>The one of largest magnitude of the running value and the elements of a tile; a number beats NaN.</summary>
    public static T MaxMagnitudeNumber<T>(T running, ReadOnlySpan<T> tile)
        where T : INumber<T> =>
        ChooseElement<T, MaxMagnitudeNumberChoice<T>>(running, tile);

    /// <summary>The one of largest magnitude of the chunks' values; a number beats NaN.</summary>
    public static T MaxMagnitudeNumberOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T> =>
        ChooseElement<T, MaxMagnitudeNumberChoice<T>>(partials[0], Chunks(ref partials, chunks));

    /// <summary>The one of smallest magnitude of the running value and the elements of a tile; a number beats NaN.</summary>
    public static T MinMagnitudeNumber<T>(T running, ReadOnlySpan<T> tile)
        where T : INumber<T> =>
        ChooseElement<T, MinMagnitudeNumberChoice<T>>(running, tile);

    /// <summary>The one of smallest magnitude of the chunks' values; a number beats NaN.</summary>
    public static T MinMagnitudeNumberOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T> =>
        ChooseElement<T, MinMagnitudeNumberChoice<T>>(partials[0], Chunks(ref partials, chunks));
}
