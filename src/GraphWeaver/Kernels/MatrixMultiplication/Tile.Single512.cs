using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// A tile of up to 8 rows and two vectors, 16 sums in registers: half of AVX-512's 32, the rest is for factors and loads in flight.
/// </summary>
internal readonly unsafe struct SingleTile512 : IMatMulTile<float>
{
    public static int Rows => 8;

    public static int Columns => 2 * Vector512<float>.Count;

    public static void Multiply(nint rows, in TileProduct<float> product)
    {
        switch (rows)
        {
            case 1: Multiply<RowCounts.One>(in product); break;
            case 2: Multiply<RowCounts.Two>(in product); break;
            case 3: Multiply<RowCounts.Three>(in product); break;
            case 4: Multiply<RowCounts.Four>(in product); break;
            case 5: Multiply<RowCounts.Five>(in product); break;
            case 6: Multiply<RowCounts.Six>(in product); break;
            case 7: Multiply<RowCounts.Seven>(in product); break;
            default: Multiply<RowCounts.Eight>(in product); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyRow(float* source, float* target)
    {
        Vector512.Load(source).Store(target);
        Vector512.Load(source + Vector512<float>.Count).Store(target + Vector512<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TRows>(in TileProduct<float> product)
        where TRows : struct, IRowCount
    {
        Vector512<float> left0 = default, right0 = default;
        Vector512<float> left1 = default, right1 = default;
        Vector512<float> left2 = default, right2 = default;
        Vector512<float> left3 = default, right3 = default;
        Vector512<float> left4 = default, right4 = default;
        Vector512<float> left5 = default, right5 = default;
        Vector512<float> left6 = default, right6 = default;
        Vector512<float> left7 = default, right7 = default;
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
            left0 = Vector512.Load(c);
            right0 = Vector512.Load(c + Vector512<float>.Count);

            if (TRows.Value > 1)
            {
                left1 = Vector512.Load(c + cRowStride);
                right1 = Vector512.Load(c + cRowStride + Vector512<float>.Count);
            }

            if (TRows.Value > 2)
            {
                left2 = Vector512.Load(c + (2 * cRowStride));
                right2 = Vector512.Load(c + (2 * cRowStride) + Vector512<float>.Count);
            }

            if (TRows.Value > 3)
            {
                left3 = Vector512.Load(c + (3 * cRowStride));
                right3 = Vector512.Load(c + (3 * cRowStride) + Vector512<float>.Count);
            }

            if (TRows.Value > 4)
            {
                left4 = Vector512.Load(c + (4 * cRowStride));
                right4 = Vector512.Load(c + (4 * cRowStride) + Vector512<float>.Count);
            }

            if (TRows.Value > 5)
            {
                left5 = Vector512.Load(c + (5 * cRowStride));
                right5 = Vector512.Load(c + (5 * cRowStride) + Vector512<float>.Count);
            }

            if (TRows.Value > 6)
            {
                left6 = Vector512.Load(c + (6 * cRowStride));
                right6 = Vector512.Load(c + (6 * cRowStride) + Vector512<float>.Count);
            }

            if (TRows.Value > 7)
            {
                left7 = Vector512.Load(c + (7 * cRowStride));
                right7 = Vector512.Load(c + (7 * cRowStride) + Vector512<float>.Count);
            }
        }

        float* lower = a + (4 * aRowStride);
        for (nint p = 0; p < depth; p++)
        {
            Vector512<float> left = Vector512.Load(b);
            Vector512<float> right = Vector512.Load(b + Vector512<float>.Count);
            b += bRowStride;
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(next);
                Sse.Prefetch0(next + Vector512<float>.Count);
                next += bRowStride;
            }

            Vector512<float> factor = Vector512.Create(a[0]);
            left0 = Vector512.MultiplyAddEstimate(factor, left, left0);
            right0 = Vector512.MultiplyAddEstimate(factor, right, right0);

            if (TRows.Value > 1)
            {
                factor = Vector512.Create(a[aRowStride]);
                left1 = Vector512.MultiplyAddEstimate(factor, left, left1);
                right1 = Vector512.MultiplyAddEstimate(factor, right, right1);
            }

            if (TRows.Value > 2)
            {
                factor = Vector512.Create(a[2 * aRowStride]);
                left2 = Vector512.MultiplyAddEstimate(factor, left, left2);
                right2 = Vector512.MultiplyAddEstimate(factor, right, right2);
            }

            if (TRows.Value > 3)
            {
                factor = Vector512.Create(a[3 * aRowStride]);
                left3 = Vector512.MultiplyAddEstimate(factor, left, left3);
                right3 = Vector512.MultiplyAddEstimate(factor, right, right3);
            }

            if (TRows.Value > 4)
            {
                factor = Vector512.Create(lower[0]);
                left4 = Vector512.MultiplyAddEstimate(factor, left, left4);
                right4 = Vector512.MultiplyAddEstimate(factor, right, right4);
            }

            if (TRows.Value > 5)
            {
                factor = Vector512.Create(lower[aRowStride]);
                left5 = Vector512.MultiplyAddEstimate(factor, left, left5);
                right5 = Vector512.MultiplyAddEstimate(factor, right, right5);
            }

            if (TRows.Value > 6)
            {
                factor = Vector512.Create(lower[2 * aRowStride]);
                left6 = Vector512.MultiplyAddEstimate(factor, left, left6);
                right6 = Vector512.MultiplyAddEstimate(factor, right, right6);
            }

            if (TRows.Value > 7)
            {
                factor = Vector512.Create(lower[3 * aRowStride]);
                left7 = Vector512.MultiplyAddEstimate(factor, left, left7);
                right7 = Vector512.MultiplyAddEstimate(factor, right, right7);
            }

            a += aColumnStride;
            lower += aColumnStride;
        }

        left0.Store(c);
        right0.Store(c + Vector512<float>.Count);

        if (TRows.Value > 1)
        {
            left1.Store(c + cRowStride);
            right1.Store(c + cRowStride + Vector512<float>.Count);
        }

        if (TRows.Value > 2)
        {
            left2.Store(c + (2 * cRowStride));
            right2.Store(c + (2 * cRowStride) + Vector512<float>.Count);
        }

        if (TRows.Value > 3)
        {
            left3.Store(c + (3 * cRowStride));
            right3.Store(c + (3 * cRowStride) + Vector512<float>.Count);
        }

        if (TRows.Value > 4)
        {
            left4.Store(c + (4 * cRowStride));
            right4.Store(c + (4 * cRowStride) + Vector512<float>.Count);
        }

        if (TRows.Value > 5)
        {
            left5.Store(c + (5 * cRowStride));
            right5.Store(c + (5 * cRowStride) + Vector512<float>.Count);
        }

        if (TRows.Value > 6)
        {
            left6.Store(c + (6 * cRowStride));
            right6.Store(c + (6 * cRowStride) + Vector512<float>.Count);
        }

        if (TRows.Value > 7)
        {
            left7.Store(c + (7 * cRowStride));
            right7.Store(c + (7 * cRowStride) + Vector512<float>.Count);
        }
    }
}
