extern alias FastMath;

using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Benchmarks.Loops;
using GraphWeaver.Benchmarks.Peers;
using WovenFast = FastMath::GraphWeaver.Benchmarks.Programs.LayerNorm;
using Woven = GraphWeaver.Benchmarks.Programs.LayerNorm;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>Two means of each row, without transcendental functions: bound by memory once the rows leave the cache.</summary>
internal sealed class LayerNorm() : Workload("layernorm", "small", "medium", "large")
{
    private const int Columns = 1024;
    private const float Epsilon = 1e-5f;

    public override Case Create(string size, Surroundings surroundings)
    {
        int rows = ((int[])[64, 1024, 16384])[Place(size)];
        float[] x = Inputs.Array<float>(rows * Columns, seed: 1, -1, 3);
        float[] gain = Inputs.Array<float>(Columns, seed: 2, 0.5, 1.5);
        float[] bias = Inputs.Array<float>(Columns, seed: 3, -1, 1);
        Tensor<float> tensor = Tensor.Create(x, [rows, Columns]);
        (Tensor<float> g, Tensor<float> b) = (Tensor.Create(gain, [Columns]), Tensor.Create(bias, [Columns]));
        var builder = new CaseBuilder<float>(Name, size, surroundings, [x, gain, bias], rows * Columns);
        float[] y = builder.Given[0];
        Tensor<float> result = Tensor.Create(y, [rows, Columns]);
        return builder
            .Woven(() => Woven.Run(tensor, g, b), () => WovenFast.Run(tensor, g, b))
            .WovenGiven(() => Woven.Into(tensor, g, b, result), () => WovenFast.Into(tensor, g, b, result))
            .Local(PeerNames.Primitives, () => Primitives(x, gain, bias, y))
            .Loops(
                rows,
                1,
                (results, start, end) => Loop<Strict>(x, gain, bias, results[0], start, end),
                (results, start, end) => Loop<Fast>(x, gain, bias, results[0], start, end))
            .C(rows, Columns)
            .Build(tolerance: 1e-5);
    }

    private static void Primitives(float[] x, float[] gain, float[] bias, float[] y)
    {
        for (int at = 0; at < x.Length; at += Columns)
        {
            ReadOnlySpan<float> row = x.AsSpan(at, Columns);
            Span<float> scaled = y.AsSpan(at, Columns);
            TensorPrimitives.Subtract(row, TensorPrimitives.Sum(row) / Columns, scaled);
            float deviation = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(scaled) / Columns + Epsilon);
            TensorPrimitives.Divide(scaled, deviation, scaled);
            TensorPrimitives.MultiplyAdd(scaled, gain, bias, scaled);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<TArithmetic>(float[] x, float[] gain, float[] bias, float[] y, int start, int end)
        where TArithmetic : struct, IArithmetic
    {
        ref float gainAt = ref MemoryMarshal.GetArrayDataReference(gain);
        ref float biasAt = ref MemoryMarshal.GetArrayDataReference(bias);
        nuint step = (nuint)Vector512<float>.Count;
        for (int row = start; row < end; row++)
        {
            ref float source = ref x[row * Columns];
            ref float target = ref y[row * Columns];
            Vector512<float> mean = Vector512.Create(Sum<TArithmetic>(ref source, Vector512<float>.Zero, squares: false) / Columns);
            float variance = Sum<TArithmetic>(ref source, mean, squares: true) / Columns;
            Vector512<float> deviation = Vector512.Create(MathF.Sqrt(variance + Epsilon));
            for (nuint i = 0; i < Columns; i += step)
            {
                Vector512<float> scaled = TArithmetic.DivideByConstant(Vector512.LoadUnsafe(ref source, i) - mean, deviation);
                TArithmetic.MultiplyAdd(scaled, Vector512.LoadUnsafe(ref gainAt, i), Vector512.LoadUnsafe(ref biasAt, i)).StoreUnsafe(ref target, i);
            }
        }
    }

    // Four sums side by side hide the latency of an addition.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sum<TArithmetic>(ref float source, Vector512<float> origin, bool squares)
        where TArithmetic : struct, IArithmetic
    {
        nuint step = (nuint)Vector512<float>.Count;
        Vector512<float> sum0 = Vector512<float>.Zero;
        Vector512<float> sum1 = sum0;
        Vector512<float> sum2 = sum0;
        Vector512<float> sum3 = sum0;
        for (nuint i = 0; i < Columns; i += 4 * step)
        {
            Vector512<float> d0 = Vector512.LoadUnsafe(ref source, i) - origin;
            Vector512<float> d1 = Vector512.LoadUnsafe(ref source, i + step) - origin;
            Vector512<float> d2 = Vector512.LoadUnsafe(ref source, i + 2 * step) - origin;
            Vector512<float> d3 = Vector512.LoadUnsafe(ref source, i + 3 * step) - origin;
            sum0 = squares ? TArithmetic.MultiplyAdd(d0, d0, sum0) : sum0 + d0;
            sum1 = squares ? TArithmetic.MultiplyAdd(d1, d1, sum1) : sum1 + d1;
            sum2 = squares ? TArithmetic.MultiplyAdd(d2, d2, sum2) : sum2 + d2;
            sum3 = squares ? TArithmetic.MultiplyAdd(d3, d3, sum3) : sum3 + d3;
        }

        return Vector512.Sum((sum0 + sum1) + (sum2 + sum3));
    }
}
