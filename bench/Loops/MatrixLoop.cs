using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphWeaver.Benchmarks.Loops;

/// <summary>
/// A dense layer by hand: the product of float matrices by rows, a bias, and a rectifier if wanted. Blocks of 8 rows by 32 columns stay
/// in registers over packed columns; up to eight rows are bound by the weights' way from memory, so these go over them once.
/// </summary>
internal static unsafe class MatrixLoop
{
    private const int Rows = 8;
    private const int Columns = 32;

    [ThreadStatic]
    private static float[]? packed;

    /// <summary>x w + bias, where bias may be null; [m, k] times [k, n], with m divisible by 8 and n by 32, or m up to 8.</summary>
    public static void Run(int threads, float[] x, float[] w, float[]? bias, float[] y, int m, int n, int k, bool rectify)
    {
        if (m <= Rows)
        {
            SecondThread.Split(threads, n, 16, (start, end) => Few(x, w, bias, y, m, n, k, rectify, start, end));
        }
        else
        {
            SecondThread.Split(threads, n / Columns, 1, (start, end) => Many(x, w, bias, y, m, n, k, rectify, start, end));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Many(float[] x, float[] w, float[]? bias, float[] y, int m, int n, int k, bool rectify, int start, int end)
    {
        if (packed is null || packed.Length < k * Columns)
        {
            packed = GC.AllocateUninitializedArray<float>(k * Columns);
        }

        fixed (float* a = x, b = w, c = y, p = packed)
        {
            for (int panel = start; panel < end; panel++)
            {
                for (int i = 0; i < k; i++)
                {
                    float* from = b + (nint)i * n + panel * Columns;
                    Vector512.Load(from).Store(p + i * Columns);
                    Vector512.Load(from + 16).Store(p + i * Columns + 16);
                }

                for (int row = 0; row < m; row += Rows)
                {
                    Block(a + (nint)row * k, k, p, c + (nint)row * n + panel * Columns, n);
                    for (int r = row; r < row + Rows; r++)
                    {
                        Finish(y.AsSpan(r * n + panel * Columns, Columns), bias, panel * Columns, rectify);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block(float* a, int k, float* b, float* c, int n)
    {
        Vector512<float> l0 = default, h0 = default, l1 = default, h1 = default, l2 = default, h2 = default, l3 = default, h3 = default;
        Vector512<float> l4 = default, h4 = default, l5 = default, h5 = default, l6 = default, h6 = default, l7 = default, h7 = default;
        float* a4 = a + 4 * (nint)k;
        for (int i = 0; i < k; i++, b += Columns)
        {
            Vector512<float> low = Vector512.Load(b);
            Vector512<float> high = Vector512.Load(b + 16);
            Add(a[i], low, high, ref l0, ref h0);
            Add(a[i + (nint)k], low, high, ref l1, ref h1);
            Add(a[i + 2 * (nint)k], low, high, ref l2, ref h2);
            Add(a[i + 3 * (nint)k], low, high, ref l3, ref h3);
            Add(a4[i], low, high, ref l4, ref h4);
            Add(a4[i + (nint)k], low, high, ref l5, ref h5);
            Add(a4[i + 2 * (nint)k], low, high, ref l6, ref h6);
            Add(a4[i + 3 * (nint)k], low, high, ref l7, ref h7);
        }

        Store(c, l0, h0);
        Store(c + n, l1, h1);
        Store(c + 2 * (nint)n, l2, h2);
        Store(c + 3 * (nint)n, l3, h3);
        Store(c + 4 * (nint)n, l4, h4);
        Store(c + 5 * (nint)n, l5, h5);
        Store(c + 6 * (nint)n, l6, h6);
        Store(c + 7 * (nint)n, l7, h7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float factor, Vector512<float> low, Vector512<float> high, ref Vector512<float> l, ref Vector512<float> h)
    {
        Vector512<float> scale = Vector512.Create(factor);
        l = Vector512.FusedMultiplyAdd(scale, low, l);
        h = Vector512.FusedMultiplyAdd(scale, high, h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector512<float> low, Vector512<float> high)
    {
        low.Store(c);
        high.Store(c + 16);
    }

    // The columns from start to before end, eight rows of weights at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Few(float[] x, float[] w, float[]? bias, float[] y, int m, int n, int k, bool rectify, int start, int end)
    {
        const int Depth = 8;
        int whole = start + (end - start) / 16 * 16;
        fixed (float* a = x, b = w, c = y)
        {
            for (int r = 0; r < m; r++)
            {
                new Span<float>(c + (nint)r * n + start, end - start).Clear();
            }

            for (int i = 0; i < k; i += Depth)
            {
                int depth = Math.Min(Depth, k - i);
                for (int j = start; j < whole; j += 16)
                {
                    if (depth == Depth)
                    {
                        Eight(a + i, b + (nint)i * n + j, c + j, m, n, k);
                    }
                    else
                    {
                        Fewer(a + i, b + (nint)i * n + j, c + j, m, n, k, depth);
                    }
                }

                for (int j = whole; j < end; j++)
                {
                    for (int r = 0; r < m; r++)
                    {
                        for (int d = i; d < i + depth; d++)
                        {
                            c[(nint)r * n + j] += a[(nint)r * k + d] * b[(nint)d * n + j];
                        }
                    }
                }
            }
        }

        for (int r = 0; r < m; r++)
        {
            Finish(y.AsSpan(r * n + start, end - start), bias, start, rectify);
        }
    }

    // 16 columns of all rows, eight rows of weights in registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(float* a, float* b, float* c, int m, int n, int k)
    {
        Vector512<float> w0 = Vector512.Load(b), w1 = Vector512.Load(b + n);
        Vector512<float> w2 = Vector512.Load(b + 2 * (nint)n), w3 = Vector512.Load(b + 3 * (nint)n);
        Vector512<float> w4 = Vector512.Load(b + 4 * (nint)n), w5 = Vector512.Load(b + 5 * (nint)n);
        Vector512<float> w6 = Vector512.Load(b + 6 * (nint)n), w7 = Vector512.Load(b + 7 * (nint)n);
        for (int r = 0; r < m; r++, a += k, c += n)
        {
            Vector512<float> even = Vector512.FusedMultiplyAdd(Vector512.Create(a[0]), w0, Vector512.Load(c));
            Vector512<float> odd = Vector512.Create(a[1]) * w1;
            even = Vector512.FusedMultiplyAdd(Vector512.Create(a[2]), w2, even);
            odd = Vector512.FusedMultiplyAdd(Vector512.Create(a[3]), w3, odd);
            even = Vector512.FusedMultiplyAdd(Vector512.Create(a[4]), w4, even);
            odd = Vector512.FusedMultiplyAdd(Vector512.Create(a[5]), w5, odd);
            even = Vector512.FusedMultiplyAdd(Vector512.Create(a[6]), w6, even);
            odd = Vector512.FusedMultiplyAdd(Vector512.Create(a[7]), w7, odd);
            (even + odd).Store(c);
        }
    }

    private static void Fewer(float* a, float* b, float* c, int m, int n, int k, int depth)
    {
        for (int r = 0; r < m; r++, a += k, c += n)
        {
            Vector512<float> sum = Vector512.Load(c);
            for (int d = 0; d < depth; d++)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(a[d]), Vector512.Load(b + (nint)d * n), sum);
            }

            sum.Store(c);
        }
    }

    private static void Finish(Span<float> y, float[]? bias, int at, bool rectify)
    {
        if (bias is not null)
        {
            TensorPrimitives.Add(y, bias.AsSpan(at, y.Length), y);
        }

        if (rectify)
        {
            TensorPrimitives.Max(y, 0f, y);
        }
    }
}
