using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>
/// A tile of 4 rows and two vectors, 8 sums in registers: half of AVX2's 16.
/// </summary>
internal readonly unsafe struct SingleTile256 : IMatMulTile<float>
{
    public static int Rows => 4;

    public static int Columns => 2 * Vector256<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* a, nint aRowStride, nint aColumnStride, float* b, nint depth, float* c, nint cStride, bool accumulate)
    {
        Vector256<float> left0 = default, right0 = default;
        Vector256<float> left1 = default, right1 = default;
        Vector256<float> left2 = default, right2 = default;
        Vector256<float> left3 = default, right3 = default;
        if (accumulate)
        {
            float* row = c;
            left0 = Vector256.Load(row);
            right0 = Vector256.Load(row + Vector256<float>.Count);
            row += cStride;
            left1 = Vector256.Load(row);
            right1 = Vector256.Load(row + Vector256<float>.Count);
            row += cStride;
            left2 = Vector256.Load(row);
            right2 = Vector256.Load(row + Vector256<float>.Count);
            row += cStride;
            left3 = Vector256.Load(row);
            right3 = Vector256.Load(row + Vector256<float>.Count);
        }

        for (nint p = 0; p < depth; p++)
        {
            Vector256<float> left = Vector256.Load(b);
            Vector256<float> right = Vector256.Load(b + Vector256<float>.Count);
            b += 2 * Vector256<float>.Count;

            Vector256<float> factor = Vector256.Create(a[0]);
            left0 = Vector256.MultiplyAddEstimate(factor, left, left0);
            right0 = Vector256.MultiplyAddEstimate(factor, right, right0);
            factor = Vector256.Create(a[aRowStride]);
            left1 = Vector256.MultiplyAddEstimate(factor, left, left1);
            right1 = Vector256.MultiplyAddEstimate(factor, right, right1);
            factor = Vector256.Create(a[2 * aRowStride]);
            left2 = Vector256.MultiplyAddEstimate(factor, left, left2);
            right2 = Vector256.MultiplyAddEstimate(factor, right, right2);
            factor = Vector256.Create(a[3 * aRowStride]);
            left3 = Vector256.MultiplyAddEstimate(factor, left, left3);
            right3 = Vector256.MultiplyAddEstimate(factor, right, right3);
            a += aColumnStride;
        }

        left0.Store(c);
        right0.Store(c + Vector256<float>.Count);
        c += cStride;
        left1.Store(c);
        right1.Store(c + Vector256<float>.Count);
        c += cStride;
        left2.Store(c);
        right2.Store(c + Vector256<float>.Count);
        c += cStride;
        left3.Store(c);
        right3.Store(c + Vector256<float>.Count);
    }
}
