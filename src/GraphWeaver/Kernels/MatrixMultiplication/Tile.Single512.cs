using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// A tile of 8 rows and two vectors, 16 sums in registers: half of AVX-512's 32, the rest is for factors and loads in flight.
/// </summary>
internal readonly unsafe struct SingleTile512 : IMatMulTile<float>
{
    public static int Rows => 8;

    public static int Columns => 2 * Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* a, nint aRowStride, nint aColumnStride, float* b, nint depth, float* c, nint cStride, bool accumulate)
    {
        Vector512<float> left0 = default, right0 = default;
        Vector512<float> left1 = default, right1 = default;
        Vector512<float> left2 = default, right2 = default;
        Vector512<float> left3 = default, right3 = default;
        Vector512<float> left4 = default, right4 = default;
        Vector512<float> left5 = default, right5 = default;
        Vector512<float> left6 = default, right6 = default;
        Vector512<float> left7 = default, right7 = default;
        if (accumulate)
        {
            float* row = c;
            left0 = Vector512.Load(row);
            right0 = Vector512.Load(row + Vector512<float>.Count);
            row += cStride;
            left1 = Vector512.Load(row);
            right1 = Vector512.Load(row + Vector512<float>.Count);
            row += cStride;
            left2 = Vector512.Load(row);
            right2 = Vector512.Load(row + Vector512<float>.Count);
            row += cStride;
            left3 = Vector512.Load(row);
            right3 = Vector512.Load(row + Vector512<float>.Count);
            row += cStride;
            left4 = Vector512.Load(row);
            right4 = Vector512.Load(row + Vector512<float>.Count);
            row += cStride;
            left5 = Vector512.Load(row);
            right5 = Vector512.Load(row + Vector512<float>.Count);
            row += cStride;
            left6 = Vector512.Load(row);
            right6 = Vector512.Load(row + Vector512<float>.Count);
            row += cStride;
            left7 = Vector512.Load(row);
            right7 = Vector512.Load(row + Vector512<float>.Count);
        }

        float* lower = a + (4 * aRowStride);
        for (nint p = 0; p < depth; p++)
        {
            Vector512<float> left = Vector512.Load(b);
            Vector512<float> right = Vector512.Load(b + Vector512<float>.Count);
            b += 2 * Vector512<float>.Count;

            Vector512<float> factor = Vector512.Create(a[0]);
            left0 = Vector512.MultiplyAddEstimate(factor, left, left0);
            right0 = Vector512.MultiplyAddEstimate(factor, right, right0);
            factor = Vector512.Create(a[aRowStride]);
            left1 = Vector512.MultiplyAddEstimate(factor, left, left1);
            right1 = Vector512.MultiplyAddEstimate(factor, right, right1);
            factor = Vector512.Create(a[2 * aRowStride]);
            left2 = Vector512.MultiplyAddEstimate(factor, left, left2);
            right2 = Vector512.MultiplyAddEstimate(factor, right, right2);
            factor = Vector512.Create(a[3 * aRowStride]);
            left3 = Vector512.MultiplyAddEstimate(factor, left, left3);
            right3 = Vector512.MultiplyAddEstimate(factor, right, right3);
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
            a += aColumnStride;
            lower += aColumnStride;
        }

        left0.Store(c);
        right0.Store(c + Vector512<float>.Count);
        c += cStride;
        left1.Store(c);
        right1.Store(c + Vector512<float>.Count);
        c += cStride;
        left2.Store(c);
        right2.Store(c + Vector512<float>.Count);
        c += cStride;
        left3.Store(c);
        right3.Store(c + Vector512<float>.Count);
        c += cStride;
        left4.Store(c);
        right4.Store(c + Vector512<float>.Count);
        c += cStride;
        left5.Store(c);
        right5.Store(c + Vector512<float>.Count);
        c += cStride;
        left6.Store(c);
        right6.Store(c + Vector512<float>.Count);
        c += cStride;
        left7.Store(c);
        right7.Store(c + Vector512<float>.Count);
    }
}
