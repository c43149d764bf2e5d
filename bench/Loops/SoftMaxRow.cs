using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels;

namespace GraphWeaver.Benchmarks.Loops;

/// <summary>The softmax of one row by hand: three passes over what is in the first cache. It may be done in place.</summary>
internal static class SoftMaxRow
{
    /// <summary>The row of <paramref name="columns"/> elements, at least a vector, that starts at <paramref name="row"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TArithmetic>(ref float x, ref float y, nuint row, nuint columns)
        where TArithmetic : struct, IArithmetic
    {
        nuint step = (nuint)Vector512<float>.Count;
        nuint whole = row + columns / step * step;
        nuint end = row + columns;
        Vector512<float> largest = Vector512.LoadUnsafe(ref x, row);
        for (nuint i = row + step; i < whole; i += step)
        {
            largest = TArithmetic.Max(largest, Vector512.LoadUnsafe(ref x, i));
        }

        // The last, overlapping vector asks nothing new of the elements before it.
        largest = TArithmetic.Max(largest, Vector512.LoadUnsafe(ref x, end - step));
        Vector512<float> max = Vector512.Create(Largest(largest));
        Vector512<float> sums = Vector512<float>.Zero;
        for (nuint i = row; i < whole; i += step)
        {
            Vector512<float> weight = VectorMath.Exp(Vector512.LoadUnsafe(ref x, i) - max);
            weight.StoreUnsafe(ref y, i);
            sums += weight;
        }

        float sum = Vector512.Sum(sums);
        for (nuint i = whole; i < end; i++)
        {
            float weight = MathF.Exp(Unsafe.Add(ref x, i) - max.ToScalar());
            Unsafe.Add(ref y, i) = weight;
            sum += weight;
        }

        Vector512<float> divisor = Vector512.Create(sum);
        for (nuint i = row; i < whole; i += step)
        {
            TArithmetic.DivideByConstant(Vector512.LoadUnsafe(ref y, i), divisor).StoreUnsafe(ref y, i);
        }

        for (nuint i = whole; i < end; i++)
        {
            Unsafe.Add(ref y, i) /= sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Largest(Vector512<float> lanes)
    {
        Vector256<float> eight = Vector256.Max(lanes.GetLower(), lanes.GetUpper());
        Vector128<float> four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        Vector128<float> two = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return MathF.Max(two[0], two[1]);
    }
}
