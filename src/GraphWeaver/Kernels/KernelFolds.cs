using System.ComponentModel;

namespace GraphWeaver.Kernels;

/// <summary>
/// Reductions whose state is more than one element, on tiles. Of each there is a start, the method that advances a chunk's state by a tile, and, here
/// or in <see cref="KernelReductions"/>, the end over the chunks' states in order. Chunks depend on the length and the cost only, so a machine repeats
/// its bits. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class KernelFolds
{
    /// <summary>No element yet.</summary>
    public static KernelTruth<T> AllStart<T>(nint start) => new() { Value = true };

    /// <summary>Whether all so far, and no element of the tile is the default value, false.</summary>
    public static void All<T>(ref KernelTruth<T> state, ReadOnlySpan<T> x)
        where T : struct, IEquatable<T> =>
        state.Value = state.Value && !x.Contains(default);

    /// <summary>Whether no element more can change the answer.</summary>
    public static bool AllIsDecided<T>(ref KernelTruth<T> state) => !state.Value;

    /// <summary>Whether all chunks are true.</summary>
    public static bool AllOfChunks<T>(ref KernelPartials<KernelTruth<T>> partials, nint length, int chunks) =>
        !Contains(ref partials, chunks, false);

    /// <summary>No element yet.</summary>
    public static KernelTruth<T> AnyStart<T>(nint start) => default;

    /// <summary>Whether any so far, or an element of the tile is not the default value, false.</summary>
    public static void Any<T>(ref KernelTruth<T> state, ReadOnlySpan<T> x)
        where T : struct, IEquatable<T> =>
        state.Value = state.Value || x.ContainsAnyExcept(default(T));

    /// <summary>Whether no element more can change the answer.</summary>
    public static bool AnyIsDecided<T>(ref KernelTruth<T> state) => state.Value;

    /// <summary>Whether one chunk is true.</summary>
    public static bool AnyOfChunks<T>(ref KernelPartials<KernelTruth<T>> partials, nint length, int chunks) =>
        Contains(ref partials, chunks, true);

    private static bool Contains<T>(ref KernelPartials<KernelTruth<T>> partials, int chunks, bool value)
    {
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            if (partials[chunk].Value == value)
            {
                return true;
            }
        }

        return false;
    }
}
