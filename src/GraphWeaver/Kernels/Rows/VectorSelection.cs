using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.Rows;

/// <summary>
/// The choice between two runs by a run of Booleans, for elements of four and eight bytes: sixteen Booleans at a time are widened to masks. A run of
/// stride 0 is one element for all.
/// </summary>
internal static class VectorSelection
{
    /// <summary>Chooses as many elements as fill vectors.</summary>
    /// <returns>The number of elements written.</returns>
    internal static int Choose<T>(ref bool condition, ref T x, int xStride, ref T y, int yStride, Span<T> result)
    {
        ref T target = ref MemoryMarshal.GetReference(result);
        if (Vector128.IsHardwareAccelerated && Unsafe.SizeOf<T>() == sizeof(uint))
        {
            return ChooseWords(ref condition, ref Unsafe.As<T, uint>(ref x), xStride, ref Unsafe.As<T, uint>(ref y), yStride, ref Unsafe.As<T, uint>(ref target), result.Length);
        }

        return Vector128.IsHardwareAccelerated && Unsafe.SizeOf<T>() == sizeof(ulong)
            ? ChooseLongWords(
                ref condition, ref Unsafe.As<T, ulong>(ref x), xStride, ref Unsafe.As<T, ulong>(ref y), yStride, ref Unsafe.As<T, ulong>(ref target), result.Length)
            : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ChooseWords(ref bool condition, ref uint x, int xStride, ref uint y, int yStride, ref uint result, int length)
    {
        int index = 0;
        for (; index <= length - Vector128<byte>.Count; index += Vector128<byte>.Count)
        {
            var flags = Vector128.LoadUnsafe(ref Unsafe.As<bool, byte>(ref condition), (nuint)index);
            (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(flags);
            (Vector128<uint> flags0, Vector128<uint> flags1) = Vector128.Widen(lower);
            (Vector128<uint> flags2, Vector128<uint> flags3) = Vector128.Widen(upper);
            ChooseVector(flags0, ref x, xStride, ref y, yStride, ref result, index);
            ChooseVector(flags1, ref x, xStride, ref y, yStride, ref result, index + 4);
            ChooseVector(flags2, ref x, xStride, ref y, yStride, ref result, index + 8);
            ChooseVector(flags3, ref x, xStride, ref y, yStride, ref result, index + 12);
        }

        return index;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ChooseLongWords(ref bool condition, ref ulong x, int xStride, ref ulong y, int yStride, ref ulong result, int length)
    {
        int index = 0;
        for (; index <= length - Vector128<byte>.Count; index += Vector128<byte>.Count)
        {
            var flags = Vector128.LoadUnsafe(ref Unsafe.As<bool, byte>(ref condition), (nuint)index);
            (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(flags);
            ChooseEight(lower, ref x, xStride, ref y, yStride, ref result, index);
            ChooseEight(upper, ref x, xStride, ref y, yStride, ref result, index + 8);
        }

        return index;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ChooseEight(Vector128<ushort> flags, ref ulong x, int xStride, ref ulong y, int yStride, ref ulong result, int index)
    {
        (Vector128<uint> lower, Vector128<uint> upper) = Vector128.Widen(flags);
        (Vector128<ulong> flags0, Vector128<ulong> flags1) = Vector128.Widen(lower);
        (Vector128<ulong> flags2, Vector128<ulong> flags3) = Vector128.Widen(upper);
        ChooseVector(flags0, ref x, xStride, ref y, yStride, ref result, index);
        ChooseVector(flags1, ref x, xStride, ref y, yStride, ref result, index + 2);
        ChooseVector(flags2, ref x, xStride, ref y, yStride, ref result, index + 4);
        ChooseVector(flags3, ref x, xStride, ref y, yStride, ref result, index + 6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ChooseVector<T>(Vector128<T> flags, ref T x, int xStride, ref T y, int yStride, ref T result, int index)
        where T : unmanaged, INumberBase<T>
    {
        Vector128<T> first = xStride == 0 ? Vector128.Create(x) : Vector128.LoadUnsafe(ref x, (nuint)index);
        Vector128<T> second = yStride == 0 ? Vector128.Create(y) : Vector128.LoadUnsafe(ref y, (nuint)index);
        Vector128.ConditionalSelect(Vector128.Equals(flags, Vector128<T>.Zero), second, first).StoreUnsafe(ref result, (nuint)index);
    }
}
