extern alias FastMath;

using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using GraphWeaver.Benchmarks.Loops;
using GraphWeaver.Benchmarks.Peers;
using WovenFast = FastMath::GraphWeaver.Benchmarks.Programs.Mlp;
using Woven = GraphWeaver.Benchmarks.Programs.Mlp;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>A network of three layers, for eight rows (bound by the weights' way from memory) or for many (bound by the products).</summary>
internal sealed class Mlp(string name, int[] rows, int[][] widths) : Workload(name, "small", "medium", "large")
{
    private const int Layers = 3;

    public override Case Create(string size, Surroundings surroundings)
    {
        int m = rows[Place(size)];
        int[] width = widths[Place(size)];
        float[] x = Inputs.Array<float>(m * width[0], seed: 1, 0, 1);
        float[][] w = [.. Enumerable.Range(0, Layers).Select(k =>
            Inputs.Array<float>(width[k] * width[k + 1], (uint)(10 + k), -1, 1, 1 / Math.Sqrt(width[k])))];
        float[][] b = [.. Enumerable.Range(0, Layers).Select(k => Inputs.Array<float>(width[k + 1], (uint)(20 + k), -1, 1))];
        Tensor<float> tensor = Tensor.Create(x, [m, width[0]]);
        Tensor<float>[] tw = [.. w.Select((weights, k) => Tensor.Create(weights, [width[k], width[k + 1]]))];
        Tensor<float>[] tb = [.. b.Select((bias, k) => Tensor.Create(bias, [width[k + 1]]))];
        float[][] hidden = [x, new float[m * width[1]], new float[m * width[2]]];
        var builder = new CaseBuilder<float>(Name, size, surroundings, [x, .. w, .. b], m * width[Layers]);
        void Loop(float[] result, int threads)
        {
            for (int k = 0; k < Layers; k++)
            {
                bool last = k == Layers - 1;
                MatrixLoop.Run(threads, hidden[k], w[k], b[k], last ? result : hidden[k + 1], m, width[k + 1], width[k], rectify: !last);
            }

            SecondThread.Split(threads, m, 1, (start, end) => SoftMaxRows(result, width[Layers], start, end));
        }

        builder
            .Woven(
                () => Woven.Run(tensor, tw[0], tb[0], tw[1], tb[1], tw[2], tb[2]),
                () => WovenFast.Run(tensor, tw[0], tb[0], tw[1], tb[1], tw[2], tb[2]))
            .WholeLoops((results, threads) => Loop(results[0], threads));
        if (surroundings.OpenBlas is { } blas)
        {
            builder.Local(PeerNames.OpenBlas, () => Native(blas, hidden, w, b, builder.Given[0], m, width));
        }

        return builder.Build(tolerance: 2e-5, flops: 2.0 * m * Enumerable.Range(0, Layers).Sum(k => (double)width[k] * width[k + 1]));
    }

    private static void Native(OpenBlas blas, float[][] hidden, float[][] w, float[][] b, float[] result, int m, int[] width)
    {
        for (int k = 0; k < Layers; k++)
        {
            bool last = k == Layers - 1;
            float[] y = last ? result : hidden[k + 1];
            blas.Multiply(hidden[k], w[k], y, m, width[k + 1], width[k]);
            for (int at = 0; at < y.Length; at += width[k + 1])
            {
                Span<float> row = y.AsSpan(at, width[k + 1]);
                TensorPrimitives.Add(row, b[k], row);
                TensorPrimitives.Max(row, last ? float.NegativeInfinity : 0f, row);
            }
        }

        SoftMaxRows(result, width[Layers], 0, m);
    }

    private static void SoftMaxRows(float[] y, int columns, int start, int end)
    {
        ref float first = ref MemoryMarshal.GetArrayDataReference(y);
        for (int row = start; row < end; row++)
        {
            SoftMaxRow.Run<Strict>(ref first, ref first, (nuint)row * (nuint)columns, (nuint)columns);
        }
    }
}
