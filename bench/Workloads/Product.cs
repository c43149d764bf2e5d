extern alias FastMath;

using System.Globalization;
using System.Numerics.Tensors;
using GraphWeaver.Benchmarks.Loops;
using GraphWeaver.Benchmarks.Peers;
using WovenFast = FastMath::GraphWeaver.Benchmarks.Programs.Product;
using Woven = GraphWeaver.Benchmarks.Programs.Product;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>The product of two square matrices; the size is its side.</summary>
internal sealed class Product() : Workload("matmul", "512", "1024")
{
    public override Case Create(string size, Surroundings surroundings)
    {
        int n = int.Parse(size, CultureInfo.InvariantCulture);
        float[] x = Inputs.Array<float>(n * n, seed: 1, -1, 1);
        float[] y = Inputs.Array<float>(n * n, seed: 2, -1, 1);
        (Tensor<float> a, Tensor<float> b) = (Tensor.Create(x, [n, n]), Tensor.Create(y, [n, n]));
        var builder = new CaseBuilder<float>(Name, size, surroundings, [x, y], n * n)
            .Woven(() => Woven.Run(a, b), () => WovenFast.Run(a, b))
            .WholeLoops((results, threads) => MatrixLoop.Run(threads, x, y, null, results[0], n, n, n, rectify: false));
        if (surroundings.OpenBlas is { } blas)
        {
            builder.Local(PeerNames.OpenBlas, () => blas.Multiply(x, y, builder.Given[0], n, n, n));
        }

        return builder.Build(tolerance: 1e-4, flops: 2.0 * n * n * n);
    }
}
