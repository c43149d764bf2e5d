extern alias FastMath;

using BlackScholesProgram = GraphWeaver.Benchmarks.Programs.BlackScholes;
using FastBlackScholes = FastMath::GraphWeaver.Benchmarks.Programs.BlackScholes;

namespace GraphWeaver.Benchmarks.Workloads;

/// <summary>The workloads, in the order in which they run.</summary>
internal static class AllWorkloads
{
    public static IReadOnlyList<Workload> List { get; } =
    [
        new GeluChain(),
        new BlackScholes<float>("float", 1 << 23, 1e-4,
            BlackScholesProgram.Single, FastBlackScholes.Single, BlackScholesProgram.SingleInto, FastBlackScholes.SingleInto),
        new BlackScholes<double>("double", 1 << 22, 1e-12,
            BlackScholesProgram.Double, FastBlackScholes.Double, BlackScholesProgram.DoubleInto, FastBlackScholes.DoubleInto),
        new ArcDistance(),
        new SoftMax(),
        new LayerNorm(),
        new Jacobi1D(),
        new Jacobi2D(),
        new Mlp("mlp", [8, 8, 8], [[3, 256, 256, 256], [3, 2000, 1000, 500], [3, 30000, 2000, 2000]]),
        new Mlp("mlp_batch", [64, 256, 1024], [[128, 128, 128, 128], [512, 512, 512, 512], [1024, 1024, 1024, 1024]]),
        new Product(),
    ];
}
