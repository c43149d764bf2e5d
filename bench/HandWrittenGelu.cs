using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Kernels;

namespace GraphWeaver.Benchmarks;

/// <summary>
/// What a patient developer writes by hand, and what the generated kernel is measured against: one fused loop over the
/// widest vectors, on two threads from <see cref="ParallelLength"/> elements, with the same tanh as the kernel and no
/// fused multiply-add outside it.
/// </summary>
public static class HandWrittenGelu
{
    private const int ParallelLength = 1 << 15;

    /// <summary>The result in a fresh tensor of the shape [n].</summary>
    public static Tensor<float> Fresh(float[] x)
    {
        Tensor<float> y = Tensor.CreateFromShapeUninitialized<float>([x.Length]);
        if (x.Length < ParallelLength)
        {
            Serial(x, Elements(y));
        }
        else
        {
            ParallelFresh(x, y);
        }

        return y;
    }

    /// <summary>The result in <paramref name="y"/>, which is as long as <paramref name="x"/>; from <see cref="ParallelLength"/> an even length.</summary>
    public static void Into(float[] x, float[] y)
    {
        if (x.Length < ParallelLength)
        {
            Serial(x, y);
        }
        else
        {
            ParallelInto(x, y);
        }
    }

    // Apart from their callers, so that short inputs do not pay for the closures.
    private static void ParallelFresh(float[] x, Tensor<float> y)
    {
        int half = x.Length / 2;
        Parallel.For(0, 2, part => Serial(x.AsSpan(part * half, half), Elements(y).Slice(part * half, half)));
    }

    private static void ParallelInto(float[] x, float[] y)
    {
        int half = x.Length / 2;
        Parallel.For(0, 2, part => Serial(x.AsSpan(part * half, half), y.AsSpan(part * half, half)));
    }

    private static Span<float> Elements(Tensor<float> y) =>
        MemoryMarshal.CreateSpan(ref y.GetPinnableReference(), (int)y.FlattenedLength);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Serial(ReadOnlySpan<float> x, Span<float> y)
    {
        ref float source = ref MemoryMarshal.GetReference(x);
        ref float target = ref MemoryMarshal.GetReference(y);
        int i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i <= x.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            {
                Vector512<float> v = Vector512.LoadUnsafe(ref source, (nuint)i);
                Vector512<float> inner = Vector512.Create(Gelu.Scale) * (v + Vector512.Create(Gelu.Cubic) * v * v * v);
                Vector512<float> result = Vector512.Create(0.5f) * v * (Vector512<float>.One + VectorMath.Tanh(inner));
                result.StoreUnsafe(ref target, (nuint)i);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= x.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                Vector256<float> v = Vector256.LoadUnsafe(ref source, (nuint)i);
                Vector256<float> inner = Vector256.Create(Gelu.Scale) * (v + Vector256.Create(Gelu.Cubic) * v * v * v);
                Vector256<float> result = Vector256.Create(0.5f) * v * (Vector256<float>.One + VectorMath.Tanh(inner));
                result.StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < x.Length; i++)
        {
            y[i] = Gelu.Scalar(x[i]);
        }
    }
}
