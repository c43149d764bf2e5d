using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GraphWeaver.Kernels;

/// <summary>
/// The scalar ends of a reduction: the lanes of a vector (of a type without vectors, the elements of a tile) into the chunk's running value,
/// and the chunks' values, in chunk order, into the result. Which elements meet in which order depends on the length, the cost and the vector width only, so a machine repeats its bits.
/// For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class KernelReductions
{
    /// <summary>Stores a chunk's value.</summary>
    public static void Store<T>(ref KernelPartials<T> partials, int chunk, T value) => partials[chunk] = value;

    /// <summary>The running sum and the lanes' sum, the lanes added in pairs.</summary>
    public static T Sum<T>(T running, ref T lanes, int count)
        where T : unmanaged, IAdditionOperators<T, T, T>
    {
        for (int half = count / 2; half > 0; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
            {
                Unsafe.Add(ref lanes, lane) += Unsafe.Add(ref lanes, lane + half);
            }
        }

        return running + lanes;
    }

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

    /// <summary>The running product and the lanes' product, which only integers take: they come to the same in any order.</summary>
    public static T Product<T>(T running, ref T lanes, int count)
        where T : INumberBase<T>
    {
        for (int lane = 0; lane < count; lane++)
        {
            running *= Unsafe.Add(ref lanes, lane);
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
