using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels;

/// <content>
/// The ends of the reductions that look for an element. TensorPrimitives' own forms of those where a number beats NaN are not eager's for Half.
/// </content>
public static partial class KernelReductions
{
    private interface IChoice<T>
    {
        public static abstract T Choose(T x, T y);
    }

    /// <summary>The largest of the running value and the lanes; a number beats NaN.</summary>
    public static T MaxNumber<T>(T running, ref T lanes, int count)
        where T : INumber<T> =>
        ChooseLane<T, MaxNumberChoice<T>>(running, ref lanes, count);

    /// <summary>The smallest of the running value and the lanes; a number beats NaN.</summary>
    public static T MinNumber<T>(T running, ref T lanes, int count)
        where T : INumber<T> =>
        ChooseLane<T, MinNumberChoice<T>>(running, ref lanes, count);

    /// <summary>The one of largest magnitude of the running value and the lanes; NaN wins.</summary>
    public static T MaxMagnitude<T>(T running, ref T lanes, int count)
        where T : INumber<T> =>
        ChooseLane<T, MaxMagnitudeChoice<T>>(running, ref lanes, count);

    /// <summary>The one of smallest magnitude of the running value and the lanes; NaN wins.</summary>
    public static T MinMagnitude<T>(T running, ref T lanes, int count)
        where T : INumber<T> =>
        ChooseLane<T, MinMagnitudeChoice<T>>(running, ref lanes, count);

    /// <summary>The one of largest magnitude of the running value and the lanes; a number beats NaN.</summary>
    public static T MaxMagnitudeNumber<T>(T running, ref T lanes, int count)
        where T : INumber<T> =>
        ChooseLane<T, MaxMagnitudeNumberChoice<T>>(running, ref lanes, count);

    /// <summary>The one of smallest magnitude of the running value and the lanes; a number beats NaN.</summary>
    public static T MinMagnitudeNumber<T>(T running, ref T lanes, int count)
        where T : INumber<T> =>
        ChooseLane<T, MinMagnitudeNumberChoice<T>>(running, ref lanes, count);

    /// <summary>The largest of the running value and the elements of a tile; a number beats NaN.</summary>
    public static T MaxNumber<T>(T running, ReadOnlySpan<T> tile)
        where T : INumber<T> =>
        ChooseElement<T, MaxNumberChoice<T>>(running, tile);

    /// <summary>The largest of the chunks' values; a number beats NaN.</summary>
    public static T MaxNumberOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T> =>
        MaxNumber(partials[0], ref MemoryMarshal.GetReference(Chunks(ref partials, chunks)), chunks);

    /// <summary>The smallest of the running value and the elements of a tile; a number beats NaN.</summary>
    public static T MinNumber<T>(T running, ReadOnlySpan<T> tile)
        where T : INumber<T> =>
        ChooseElement<T, MinNumberChoice<T>>(running, tile);

    /// <summary>The smallest of the chunks' values; a number beats NaN.</summary>
    public static T MinNumberOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T> =>
        MinNumber(partials[0], ref MemoryMarshal.GetReference(Chunks(ref partials, chunks)), chunks);

    /// <summary>The one of largest magnitude of the running value and the elements of a tile; NaN wins.</summary>
    public static T MaxMagnitude<T>(T running, ReadOnlySpan<T> tile)
        where T : INumber<T> =>
        T.MaxMagnitude(running, TensorPrimitives.MaxMagnitude(tile));

    /// <summary>The one of largest magnitude of the chunks' values; NaN wins.</summary>
    public static T MaxMagnitudeOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T> =>
        MaxMagnitude(partials[0], ref MemoryMarshal.GetReference(Chunks(ref partials, chunks)), chunks);

    /// <summary>The one of smallest magnitude of the running value and the elements of a tile; NaN wins.</summary>
    public static T MinMagnitude<T>(T running, ReadOnlySpan<T> tile)
        where T : INumber<T> =>
        T.MinMagnitude(running, TensorPrimitives.MinMagnitude(tile));

    /// <summary>The one of smallest magnitude of the chunks' values; NaN wins.</summary>
    public static T MinMagnitudeOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T> =>
        MinMagnitude(partials[0], ref MemoryMarshal.GetReference(Chunks(ref partials, chunks)), chunks);

    /// <summary>The one of largest magnitude of the running value and the elements of a tile; a number beats NaN.</summary>
    public static T MaxMagnitudeNumber<T>(T running, ReadOnlySpan<T> tile)
        where T : INumber<T> =>
        ChooseElement<T, MaxMagnitudeNumberChoice<T>>(running, tile);

    /// <summary>The one of largest magnitude of the chunks' values; a number beats NaN.</summary>
    public static T MaxMagnitudeNumberOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T> =>
        MaxMagnitudeNumber(partials[0], ref MemoryMarshal.GetReference(Chunks(ref partials, chunks)), chunks);

    /// <summary>The one of smallest magnitude of the running value and the elements of a tile; a number beats NaN.</summary>
    public static T MinMagnitudeNumber<T>(T running, ReadOnlySpan<T> tile)
        where T : INumber<T> =>
        ChooseElement<T, MinMagnitudeNumberChoice<T>>(running, tile);

    /// <summary>The one of smallest magnitude of the chunks' values; a number beats NaN.</summary>
    public static T MinMagnitudeNumberOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T> =>
        MinMagnitudeNumber(partials[0], ref MemoryMarshal.GetReference(Chunks(ref partials, chunks)), chunks);

    private static T ChooseElement<T, TChoice>(T running, ReadOnlySpan<T> tile)
        where TChoice : IChoice<T>
    {
        foreach (T element in tile)
        {
            running = TChoice.Choose(running, element);
        }

        return running;
    }

    private static T ChooseLane<T, TChoice>(T running, ref T lanes, int count)
        where TChoice : IChoice<T>
    {
        for (int lane = 0; lane < count; lane++)
        {
            running = TChoice.Choose(running, Unsafe.Add(ref lanes, lane));
        }

        return running;
    }

    private readonly struct MaxNumberChoice<T> : IChoice<T>
        where T : INumber<T>
    {
        public static T Choose(T x, T y) => T.MaxNumber(x, y);
    }

    private readonly struct MinNumberChoice<T> : IChoice<T>
        where T : INumber<T>
    {
        public static T Choose(T x, T y) => T.MinNumber(x, y);
    }

    private readonly struct MaxMagnitudeChoice<T> : IChoice<T>
        where T : INumber<T>
    {
        public static T Choose(T x, T y) => T.MaxMagnitude(x, y);
    }

    private readonly struct MinMagnitudeChoice<T> : IChoice<T>
        where T : INumber<T>
    {
        public static T Choose(T x, T y) => T.MinMagnitude(x, y);
    }

    private readonly struct MaxMagnitudeNumberChoice<T> : IChoice<T>
        where T : INumber<T>
    {
        public static T Choose(T x, T y) => T.MaxMagnitudeNumber(x, y);
    }

    private readonly struct MinMagnitudeNumberChoice<T> : IChoice<T>
        where T : INumber<T>
    {
        public static T Choose(T x, T y) => T.MinMagnitudeNumber(x, y);
    }
}
