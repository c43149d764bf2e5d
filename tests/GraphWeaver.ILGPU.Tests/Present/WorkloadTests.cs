using System.Numerics;
using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>The programs of the benchmarks on the simulator: what they give, how many kernels ran there, and what was moved for it.</summary>
[Collection("GraphMode")]
public sealed class WorkloadTests
{
    [Fact]
    public void Gelu_is_one_kernel()
    {
        Run("GeluChain", "Run", () => [Workloads.Numbers<float>(1, -4, 4, 37)], 8, kernels: 1, uploads: 1, downloads: 1);
        Run("GeluChain", "Into", () => [Workloads.Numbers<float>(1, -4, 4, 37), Tensor.CreateFromShape<float>([37])], 8, kernels: 1, uploads: 1, downloads: 1);
    }

    [Theory]
    [InlineData("Single")]
    [InlineData("Double")]
    public void Black_scholes_is_one_kernel_with_two_results(string type) => Run(
        "BlackScholes", type, () => type == "Single" ? Options<float>() : Options<double>(), 64, kernels: 1, uploads: 3, downloads: 2);

    [Fact]
    public void The_tensors_of_a_loop_stay_on_the_device_until_it_ends() => Run(
        "Jacobi2D", "Run", () => [Workloads.Numbers<double>(1, 0, 1, 7, 9), Workloads.Numbers<double>(2, 0, 1, 7, 9), 3], 0, kernels: 6, uploads: 2, downloads: 2);

    [Fact]
    public void Elements_between_those_written_stay() => Run(
        "Jacobi1D", "Run", () => [Workloads.Numbers<double>(1, 0, 1, 11), Workloads.Numbers<double>(2, 0, 1, 11), 2], 0, kernels: 4, uploads: 2, downloads: 2);

    [Fact]
    public void Softmax_is_one_kernel()
    {
        Run("SoftMax", "Run", () => [Workloads.Numbers<float>(1, -4, 4, 5, 13)], 16, kernels: 1, uploads: 1, downloads: 1);
        Run("SoftMax", "Into", () => [Workloads.Numbers<float>(1, -4, 4, 3, 21), Tensor.CreateFromShape<float>([3, 21])], 16, kernels: 1, uploads: 1, downloads: 1);
    }

    [Fact]
    public void Layer_norm_is_one_kernel() => Run(
        "LayerNorm", "Run", () => [Workloads.Numbers<float>(1, -4, 4, 5, 13), Workloads.Numbers<float>(2, 0, 2, 13), Workloads.Numbers<float>(3, -1, 1, 13)], 32,
        kernels: 1, uploads: 3, downloads: 1);

    [Fact]
    public void A_network_is_a_kernel_for_each_layer_and_a_softmax() => Run(
        "Mlp", "Run", () =>
        [
            Workloads.Numbers<float>(1, -1, 1, 5, 7), Workloads.Numbers<float>(2, -1, 1, 7, 9), Workloads.Numbers<float>(3, -1, 1, 9), Workloads.Numbers<float>(4, -1, 1, 9, 6),
            Workloads.Numbers<float>(5, -1, 1, 6), Workloads.Numbers<float>(6, -1, 1, 6, 3), Workloads.Numbers<float>(7, -1, 1, 3),
        ],
        16, kernels: 4, uploads: 7, downloads: 1);

    private static object?[] Options<T>()
        where T : INumber<T> => [Workloads.Numbers<T>(1, 5, 30, 21), Workloads.Numbers<T>(2, 1, 100, 21), Workloads.Numbers<T>(3, 0.25, 10, 21)];

    private static void Run(string name, string method, Func<object?[]> arguments, int ulps, int kernels, int uploads, int downloads)
    {
        WovenProgram program = Workloads.Program(name);
        string type = "GraphWeaver.Benchmarks.Programs." + name;
        DeviceStatistics statistics = Accelerators.Current!.Statistics;
        (long Kernels, long Uploads, long Downloads) before = (statistics.Kernels, statistics.Uploads, statistics.Downloads);
        object?[] expected = Call(program.Unwoven);
        object?[] actual = Call(program.Woven);
        Assert.Empty(Accelerators.Messages);
        Assert.Equal((kernels, uploads, downloads), (statistics.Kernels - before.Kernels, statistics.Uploads - before.Uploads, statistics.Downloads - before.Downloads));
        Closeness.AssertClose(expected, actual, ulps);

        object?[] Call(LoadedProgram loaded)
        {
            object?[] given = arguments();
            return [loaded.Assembly.GetType(type)!.GetMethod(method)!.Invoke(null, given), .. given];
        }
    }
}
