using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// A tile of up to 4 rows and two vectors, 8 sums in registers: half of AVX2's 16.
/// </summary>
internal readonly unsafe struct SingleTile256 : IMatMulTile<float>
{
    public static int Rows => 4;

    public static int Columns => 2 * Vector256<float>.Count;

    public static void Multiply(nint rows, in TileProduct<float> product)
    {
        switch (rows)
        {
            case 1: Multiply<RowCounts.One>(in product); break;
            case 2: Multiply<RowCounts.Two>(in product); break;
            case 3: Multiply<RowCounts.Three>(in product); break;
            default: Multiply<RowCounts.Four>(in product); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyRow(float* source, float* target)
    {
        Vector256.Load(source).Store(target);
        Vector256.Load(source + Vector256<float>.Count).Store(target + Vector256<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TRows>(in TileProduct<float> product)
        where TRows : struct, IRowCount
    {
        Vector256<float> left0 = default, right0 = default;
        Vector256<float> left1 = default, right1 = default;
        Vector256<float> left2 = default, right2 = default;
        Vector256<float> left3 = default, right3 = default;
        nint depth = product.Depth;
        nint aRowStride = product.ARowStride;
        nint aColumnStride = product.AColumnStride;
        nint bRowStride = product.BRowStride;
        nint cRowStride = product.CRowStride;
        float* a = product.A;
        float* b = product.B;
        float* next = product.Next;
        float* c = product.C;
        if (product.Accumulates)
        {
            left0 = Vector256.Load(c);
            right0 = Vector256.Load(c + Vector256<float>.Count);

            if (TRows.Value > 1)
            {
                left1 = Vector256.Load(c + cRowStride);
                right1 = Vector256.Load(c + cRowStride + Vector256<float>.Count);
            }

            if (TRows.Value > 2)
            {
                left2 = Vector256.Load(c + (2 * cRowStride));
                right2 = Vector256.Load(c + (2 * cRowStride) + Vector256<float>.Count);
            }

            if (TRows.Value > 3)
            {
                left3 = Vector256.Load(c + (3 * cRowStride));
                right3 = Vector256.Load(c + (3 * cRowStride) + Vector256<float>.Count);
            }
        }

        for (nint p = 0; p < depth; p++)
        {
            Vector256<float> left = Vector256.Load(b);
            Vector256<float> right = Vector256.Load(b + Vector256<float>.Count);
            b += bRowStride;
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(next);
                Sse.Prefetch0(next + Vector256<float>.Count);
                next += bRowStride;
            }

            Vector256<float> factor = Vector256.Create(a[0]);
            left0 = Vector256.MultiplyAddEstimate(factor, left, left0);
            right0 = Vector256.MultiplyAddEstimate(factor, right, right0);

            if (TRows.Value > 1)
            {
                factor = Vector256.Create(a[aRowStride]);
                left1 = Vector256.MultiplyAddEstimate(factor, left, left1);
                right1 = Vector256.MultiplyAddEstimate(factor, right, right1);
            }

            if (TRows.Value > 2)
            {
                factor = Vector256.Create(a[2 * aRowStride]);
                left2 = Vector256.MultiplyAddEstimate(factor, left, left2);
                right2 = Vector256.MultiplyAddEstimate(factor, right, right2);
            }

            if (TRows.Value > 3)
            {
                factor = Vector256.Create(a[3 * aRowStride]);
                left3 = Vector256.MultiplyAddEstimate(factor, left, left3);
                right3 = Vector256.MultiplyAddEstimate(factor, right, right3);
            }

            a += aColumnStride;
        }

        left0.Store(c);
        right0.Store(c + Vector256<float>.Count);

        if (TRows.Value > 1)
        {
            left1.Store(c + cRowStride);
            right1.Store(c + cRowStride + Vector256<float>.Count);
        }

        if (TRows.Value > 2)
        {
            left2.Store(c + (2 * cRowStride));
            right2.Store(c + (2 * cRowStride) + Vector256<float>.Count);
        }

        if (TRows.Value > 3)
        {
            left3.Store(c + (3 * cRowStride));
            right3.Store(c + (3 * cRowStride) + Vector256<float>.Count);
        }
    }
}
