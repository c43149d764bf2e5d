using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// <see cref="RowFunctions"/> at one width, for types that vectors have; functions that call <see cref="VectorMath"/> for float and double.
/// The rest of a row that fills no vector is taken as a vector of its own, so that every element is computed by the same code.
/// </summary>
internal static class Vector512Rows
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T Sum<T>(ReadOnlySpan<T> x)
        where T : INumberBase<T>
    {
        ref T first = ref MemoryMarshal.GetReference(x);
        int width = Vector512<T>.Count;
        int index = 0;
        Vector512<T> sum0 = Vector512<T>.Zero, sum1 = Vector512<T>.Zero, sum2 = Vector512<T>.Zero, sum3 = Vector512<T>.Zero;
        for (; index <= x.Length - (4 * width); index += 4 * width)
        {
            sum0 += Vector512.LoadUnsafe(ref first, (nuint)index);
            sum1 += Vector512.LoadUnsafe(ref first, (nuint)(index + width));
            sum2 += Vector512.LoadUnsafe(ref first, (nuint)(index + (2 * width)));
            sum3 += Vector512.LoadUnsafe(ref first, (nuint)(index + (3 * width)));
        }

        for (; index <= x.Length - width; index += width)
        {
            sum0 += Vector512.LoadUnsafe(ref first, (nuint)index);
        }

        T sum = Vector512.Sum((sum0 + sum1) + (sum2 + sum3));
        for (; index < x.Length; index++)
        {
            sum += x[index];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T SumOfSquaredDifferences<T>(ReadOnlySpan<T> x, T subtrahend)
        where T : INumberBase<T>
    {
        ref T first = ref MemoryMarshal.GetReference(x);
        int width = Vector512<T>.Count;
        int index = 0;
        var all = Vector512.Create(subtrahend);
        Vector512<T> sum0 = Vector512<T>.Zero, sum1 = Vector512<T>.Zero;
        for (; index <= x.Length - (2 * width); index += 2 * width)
        {
            Vector512<T> left = Vector512.LoadUnsafe(ref first, (nuint)index) - all;
            Vector512<T> right = Vector512.LoadUnsafe(ref first, (nuint)(index + width)) - all;
            sum0 += left * left;
            sum1 += right * right;
        }

        T sum = Vector512.Sum(sum0 + sum1);
        for (; index < x.Length; index++)
        {
            T difference = x[index] - subtrahend;
            sum += difference * difference;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T ExpOfDifferences<T>(ReadOnlySpan<T> x, T subtrahend, Span<T> result)
        where T : INumberBase<T>
    {
        ref T first = ref MemoryMarshal.GetReference(x);
        ref T target = ref MemoryMarshal.GetReference(result);
        int width = Vector512<T>.Count;
        int index = 0;
        var all = Vector512.Create(subtrahend);
        Vector512<T> sums = Vector512<T>.Zero;
        for (; index <= x.Length - width; index += width)
        {
            Vector512<T> exponential = Vector512Exp.Invoke(Vector512.LoadUnsafe(ref first, (nuint)index) - all);
            exponential.StoreUnsafe(ref target, (nuint)index);
            sums += exponential;
        }

        T sum = Vector512.Sum(sums);
        if (index < x.Length)
        {
            StoreFirst(Vector512Exp.Invoke(LoadFirst(x[index..]) - all), result[index..]);
            for (; index < x.Length; index++)
            {
                sum += result[index];
            }
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Exp<T>(ReadOnlySpan<T> x, Span<T> result) => Apply<T, Vector512Exp>(x, result);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Erf<T>(ReadOnlySpan<T> x, Span<T> result) => Apply<T, Vector512Erf>(x, result);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Gelu<T>(ReadOnlySpan<T> x, Span<T> result) => Apply<T, Vector512Gelu>(x, result);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Standardize<T>(ReadOnlySpan<T> x, T mean, T deviation, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, Span<T> result)
        where T : INumberBase<T>
    {
        ref T first = ref MemoryMarshal.GetReference(x);
        ref T target = ref MemoryMarshal.GetReference(result);
        int index = 0;
        var means = Vector512.Create(mean);
        var deviations = Vector512.Create(deviation);
        for (; index <= x.Length - Vector512<T>.Count; index += Vector512<T>.Count)
        {
            Vector512<T> standard = (Vector512.LoadUnsafe(ref first, (nuint)index) - means) / deviations;
            Vector512<T> factor = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(scale), (nuint)index);
            Vector512<T> term = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(shift), (nuint)index);
            ((standard * factor) + term).StoreUnsafe(ref target, (nuint)index);
        }

        for (; index < x.Length; index++)
        {
            result[index] = ((x[index] - mean) / deviation * scale[index]) + shift[index];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply<T, TFunction>(ReadOnlySpan<T> x, Span<T> result)
        where TFunction : struct, IVector512Function
    {
        ref T first = ref MemoryMarshal.GetReference(x);
        ref T target = ref MemoryMarshal.GetReference(result);
        int index = 0;
        for (; index <= x.Length - Vector512<T>.Count; index += Vector512<T>.Count)
        {
            TFunction.Invoke(Vector512.LoadUnsafe(ref first, (nuint)index)).StoreUnsafe(ref target, (nuint)index);
        }

        if (index < x.Length)
        {
            StoreFirst(TFunction.Invoke(LoadFirst(x[index..])), result[index..]);
        }
    }

    private static Vector512<T> LoadFirst<T>(ReadOnlySpan<T> x)
    {
        Vector512<T> vector = default;
        x.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<Vector512<T>, T>(ref vector), Vector512<T>.Count));
        return vector;
    }

    private static void StoreFirst<T>(Vector512<T> vector, Span<T> result) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<Vector512<T>, T>(ref vector), result.Length).CopyTo(result);
}
