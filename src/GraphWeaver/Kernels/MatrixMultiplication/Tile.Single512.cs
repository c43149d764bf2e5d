using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// A tile of up to 8 rows and two vectors, 16 sums in registers: half of AVX-512's 32, the rest is for factors and loads in flight. A row more than
/// a power of two is a tile of its own: rows of zeros would cost as much as others.
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
            case 4: Multiply<RowCounts.Four>(in product); break;
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
        if (product.Accumulates)
        {
            float* row = product.C;
            left0 = Vector512.Load(row);
            right0 = Vector512.Load(row + Vector512<float>.Count);

            if (TRows.Value > 1)
            {
                row += cRowStride;
                left1 = Vector512.Load(row);
                right1 = Vector512.Load(row + Vector512<float>.Count);
            }

            if (TRows.Value > 2)
            {
                row += cRowStride;
                left2 = Vector512.Load(row);
                right2 = Vector512.Load(row + Vector512<float>.Count);
                row += cRowStride;
                left3 = Vector512.Load(row);
                right3 = Vector512.Load(row + Vector512<float>.Count);
            }

            if (TRows.Value > 4)
            {
                row += cRowStride;
                left4 = Vector512.Load(row);
                right4 = Vector512.Load(row + Vector512<float>.Count);
                row += cRowStride;
                left5 = Vector512.Load(row);
                right5 = Vector512.Load(row + Vector512<float>.Count);
                row += cRowStride;
                left6 = Vector512.Load(row);
                right6 = Vector512.Load(row + Vector512<float>.Count);
                row += cRowStride;
                left7 = Vector512.Load(row);
                right7 = Vector512.Load(row + Vector512<float>.Count);
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
                factor = Vector512.Create(a[3 * aRowStride]);
                left3 = Vector512.MultiplyAddEstimate(factor, left, left3);
                right3 = Vector512.MultiplyAddEstimate(factor, right, right3);
            }

            if (TRows.Value > 4)
            {
                factor = Vector512.Create(lower[0]);
                left4 = Vector512.MultiplyAddEstimate(factor, left, left4);
                right4 = Vector512.MultiplyAddEstimate(factor, right, right4);
                factor = Vector512.Create(lower[aRowStride]);
                left5 = Vector512.MultiplyAddEstimate(factor, left, left5);
                right5 = Vector512.MultiplyAddEstimate(factor, right, right5);
                factor = Vector512.Create(lower[2 * aRowStride]);
                left6 = Vector512.MultiplyAddEstimate(factor, left, left6);
                right6 = Vector512.MultiplyAddEstimate(factor, right, right6);
                factor = Vector512.Create(lower[3 * aRowStride]);
                left7 = Vector512.MultiplyAddEstimate(factor, left, left7);
                right7 = Vector512.MultiplyAddEstimate(factor, right, right7);
                lower += aColumnStride;
            }

            a += aColumnStride;
        }

        float* c = product.C;
        left0.Store(c);
        right0.Store(c + Vector512<float>.Count);

        if (TRows.Value > 1)
        {
            c += cRowStride;
            left1.Store(c);
            right1.Store(c + Vector512<float>.Count);
        }

        if (TRows.Value > 2)
        {
            c += cRowStride;
            left2.Store(c);
            right2.Store(c + Vector512<float>.Count);
            c += cRowStride;
            left3.Store(c);
            right3.Store(c + Vector512<float>.Count);
        }

        if (TRows.Value > 4)
        {
            c += cRowStride;
            left4.Store(c);
            right4.Store(c + Vector512<float>.Count);
            c += cRowStride;
            left5.Store(c);
            right5.Store(c + Vector512<float>.Count);
            c += cRowStride;
            left6.Store(c);
            right6.Store(c + Vector512<float>.Count);
            c += cRowStride;
            left7.Store(c);
            right7.Store(c + Vector512<float>.Count);
        }
    }
}
