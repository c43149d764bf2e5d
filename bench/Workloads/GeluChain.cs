extern alias FastMath;

using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GraphWeaver.Benchmarks.Loops;
using GraphWeaver.Benchmarks.Peers;
using GraphWeaver.Kernels;
using WovenFast = FastMath::GraphWeaver.Benchmarks.Programs.GeluChain;
using Woven = GraphWeaver.Benchmarks.Programs.GeluChain;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>An element-wise chain of nine operators around a tanh. The tiny size is about the cost of a call.</summary>
internal sealed class GeluChain() : Workload("gelu_chain", "tiny", "small", "medium", "large")
{
    private const int Tile = 2048;
    private const float Scale = 0.7978845608f;
    private const float Cubic = 0.044715f;

    public override Case Create(string size, Surroundings surroundings)
    {
        int n = ((int[])[16, 1 << 16, 1 << 20, 1 << 24])[Place(size)];
        float[] x = Inputs.Array<float>(n, seed: 1, -4, 4);
        Tensor<float> tensor = Tensor.Create(x, [n]);
        var builder = new CaseBuilder<float>(Name, size, surroundings, [x], n);
        float[] y = builder.Given[0];
        Tensor<float> result = Tensor.Create(y, [n]);
        if (size == Sizes[0])
        {
            builder.Yardstick(PeerNames.EagerOperator, () => Tensor.Add<float>(tensor, tensor));
        }

        return builder
            .Woven(() => Woven.Run(tensor), () => WovenFast.Run(tensor))
            .WovenGiven(() => Woven.Into(tensor, result), () => WovenFast.Into(tensor, result))
            .Local(PeerNames.Primitives, () => Primitives(x, y))
            .Local(PeerNames.PrimitivesTiled, () => Tiles.Run(n, Tile, (at, length) => Primitives(x.AsSpan(at, length), y.AsSpan(at, length))))
            .Loops(
                n,
                Vector512<float>.Count,
                (results, start, end) => Loop<Strict>(x, results[0], start, end),
                (results, start, end) => Loop<Fast>(x, results[0], start, end))
            .C(n)
            .Build(tolerance: 1e-5);
    }

    private static void Primitives(ReadOnlySpan<float> x, Span<float> y)
    {
        TensorPrimitives.Multiply(x, Cubic, y);
        TensorPrimitives.Multiply(y, x, y);
        TensorPrimitives.Multiply(y, x, y);
        TensorPrimitives.Add(x, y, y);
        TensorPrimitives.Multiply(y, Scale, y);
        TensorPrimitives.Tanh(y, y);
        TensorPrimitives.Add(y, 1f, y);
        TensorPrimitives.Multiply(y, x, y);
        TensorPrimitives.Multiply(y, 0.5f, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<TArithmetic>(float[] x, float[] y, int start, int end)
        where TArithmetic : struct, IArithmetic
    {
        ref float source = ref MemoryMarshal.GetArrayDataReference(x);
        ref float target = ref MemoryMarshal.GetArrayDataReference(y);
        for (nuint i = (nuint)start; i < (nuint)end; i += (nuint)Vector512<float>.Count)
        {
            Vector512<float> v = Vector512.LoadUnsafe(ref source, i);
            Vector512<float> inner = Vector512.Create(Scale) * TArithmetic.MultiplyAdd(Vector512.Create(Cubic) * v * v, v, v);
            Vector512<float> half = Vector512.Create(0.5f) * v;
            (half * (Vector512<float>.One + VectorMath.Tanh(inner))).StoreUnsafe(ref target, i);
        }
    }
}
