extern alias FastMath;

using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using GraphWeaver.Benchmarks.Loops;
using GraphWeaver.Benchmarks.Peers;
using WovenFast = FastMath::GraphWeaver.Benchmarks.Programs.SoftMax;
using Woven = GraphWeaver.Benchmarks.Programs.SoftMax;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>Two reductions of each row and an exponential between them.</summary>
internal sealed class SoftMax() : Workload("softmax", "small", "medium", "large")
{
    public override Case Create(string size, Surroundings surroundings)
    {
        (int rows, int columns) = (((int, int)[])[(512, 128), (8192, 128), (65536, 256)])[Place(size)];
        float[] x = Inputs.Array<float>(rows * columns, seed: 1, 0, 8);
        Tensor<float> tensor = Tensor.Create(x, [rows, columns]);
        var builder = new CaseBuilder<float>(Name, size, surroundings, [x], rows * columns);
        float[] y = builder.Given[0];
        Tensor<float> result = Tensor.Create(y, [rows, columns]);
        return builder
            .Woven(() => Woven.Run(tensor), () => WovenFast.Run(tensor))
            .WovenGiven(() => Woven.Into(tensor, result), () => WovenFast.Into(tensor, result))
            .Local(PeerNames.Primitives, () => Primitives(x, y, columns))
            .Loops(
                rows,
                1,
                (results, start, end) => Loop<Strict>(x, results[0], columns, start, end),
                (results, start, end) => Loop<Fast>(x, results[0], columns, start, end))
            .C(rows, columns)
            .Build(tolerance: 1e-5);
    }

    private static void Primitives(float[] x, float[] y, int columns)
    {
        for (int at = 0; at < x.Length; at += columns)
        {
            ReadOnlySpan<float> row = x.AsSpan(at, columns);
            Span<float> shares = y.AsSpan(at, columns);
            TensorPrimitives.Subtract(row, TensorPrimitives.Max(row), shares);
            TensorPrimitives.Exp<float>(shares, shares);
            TensorPrimitives.Divide(shares, TensorPrimitives.Sum<float>(shares), shares);
        }
    }

    private static void Loop<TArithmetic>(float[] x, float[] y, int columns, int start, int end)
        where TArithmetic : struct, IArithmetic
    {
        for (int row = start; row < end; row++)
        {
            ref float source = ref MemoryMarshal.GetArrayDataReference(x);
            ref float target = ref MemoryMarshal.GetArrayDataReference(y);
            SoftMaxRow.Run<TArithmetic>(ref source, ref target, (nuint)row * (nuint)columns, (nuint)columns);
        }
    }
}
