using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels;

/// <summary>
/// The ends of a reduction: what the lanes of a vector take to meet, the elements of a tile of a type without vectors into the chunk's running value,
/// and the chunks' values, in chunk order, into the result. Which elements meet in which order depends on the length, the cost and the vector width only, so a machine repeats its bits.
/// For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class KernelReductions
{
    private static ReadOnlySpan<byte> NoneThenAll =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    ];

    /// <summary>Stores a chunk's value.</summary>
    public static void Store<T>(ref KernelPartials<T> partials, int chunk, T value) => partials[chunk] = value;

    /// <summary>The lanes so many bytes beyond each, for as many of the first lanes; the others have no meaning.</summary>
    /// <param name="lanes">The lanes.</param>
    /// <param name="bytes">8, 4, 2 or 1; a constant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Beyond<T>(Vector128<T> lanes, int bytes) => bytes switch
    {
        8 => Vector128.Shuffle(lanes.AsUInt64(), Vector128.Create(1ul, 0)).As<ulong, T>(),
        4 => Vector128.Shuffle(lanes.AsUInt32(), Vector128.Create(1u, 0, 0, 0)).As<uint, T>(),
        2 => Vector128.Shuffle(lanes.AsUInt16(), Vector128.Create((ushort)1, 0, 0, 0, 0, 0, 0, 0)).As<ushort, T>(),
        _ => Vector128.Shuffle(lanes.AsByte(), Vector128.Create((byte)1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).As<byte, T>(),
    };

    /// <summary>A mask of the bytes of a vector from one on.</summary>
    /// <typeparam name="TVector">A vector of at most 64 bytes.</typeparam>
    /// <param name="first">The number of the byte, at most that of the vector's bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector MaskFrom<TVector>(nint first)
        where TVector : struct =>
        Unsafe.ReadUnaligned<TVector>(ref Unsafe.Add(ref MemoryMarshal.GetReference(NoneThenAll), 64 - first));

    /// <summary>The running sum and the elements of a tile, added one after the other as eager adds them.</summary>
    public static T Sum<T>(T running, ReadOnlySpan<T> tile)
        where T : IAdditionOperators<T, T, T>
    {
        foreach (T element in tile)
        {
            running += element;
        }

        return running;
    }

    /// <summary>The running product and the elements of a tile, multiplied one after the other as eager multiplies them.</summary>
    public static T Product<T>(T running, ReadOnlySpan<T> tile)
        where T : IMultiplyOperators<T, T, T>
    {
        foreach (T element in tile)
        {
            running *= element;
        }

        return running;
    }

    /// <summary>The sum of the chunks' values.</summary>
    public static T SumOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T>
    {
        T sum = T.Zero;
        foreach (T partial in Chunks(ref partials, chunks))
        {
            sum += partial;
        }

        return sum;
    }

    /// <summary>The square root of the sum of the chunks' values.</summary>
    public static T SumRootOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T>, IRootFunctions<T> =>
        T.Sqrt(SumOfChunks(ref partials, length, chunks));

    /// <summary>The product of the chunks' values.</summary>
    public static T ProductOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T>
    {
        T product = T.One;
        foreach (T partial in Chunks(ref partials, chunks))
        {
            product *= partial;
        }

        return product;
    }

    /// <summary>The sum of the chunks' values divided by the number of elements.</summary>
    public static T AverageOfChunks<T>(ref KernelPartials<T> partials, nint length, int chunks)
        where T : unmanaged, INumber<T> =>
        SumOfChunks(ref partials, length, chunks) / T.CreateChecked(length);

    private static Span<T> Chunks<T>(ref KernelPartials<T> partials, int chunks) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<KernelPartials<T>, T>(ref partials), chunks);
}
