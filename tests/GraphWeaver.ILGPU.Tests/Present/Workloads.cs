using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.ILGPU.Tests;

/// <summary>The programs of the benchmarks, woven with their forms for devices, and arguments for them.</summary>
internal static class Workloads
{
    private static readonly Dictionary<string, WovenProgram> programs = [];

    /// <summary>The names of the programs.</summary>
    public static IReadOnlyList<string> Names { get; } = ["GeluChain", "BlackScholes", "SoftMax", "LayerNorm", "Mlp", "Jacobi2D", "Jacobi1D", "Products", "Reductions", "Conversions", "Bits", "Folds", "SmallIntegers", "Angles", "Numbers", "Spans", "Values"];

    /// <summary>A program, compiled and woven once.</summary>
    public static WovenProgram Program(string name)
    {
        lock (programs)
        {
            if (!programs.TryGetValue(name, out WovenProgram? program))
            {
                programs.Add(name, program = new WovenProgram(Source(name), OptimizationLevel.Release));
            }

            return program;
        }
    }

    private static string Source(string name) => name switch
    {
        "Products" => ProductTests.Source,
        "Reductions" => WholeReductionTests.Source,
        "Conversions" => DeviceConversionTests.Source(),
        "Bits" => DeviceBitsTests.Source(),
        "Angles" => LargeAngleTests.Source,
        "Numbers" => DeviceNumberTests.Source(),
        "Spans" => SpanTests.Source,
        "Folds" => FoldTests.Source(),
        "SmallIntegers" => SmallIntegerTests.Source(),
        "Values" => DeviceValueTests.Source(),
        _ => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Programs", name + ".cs")) + "\ninternal static class Mode { internal const bool FastMath = false; }\n",
    };

    /// <summary>A tensor of numbers between two bounds.</summary>
    public static Tensor<T> Numbers<T>(int seed, double low, double high, params nint[] lengths)
        where T : System.Numerics.INumber<T>
    {
        var random = new Random(seed);
        nint count = lengths.Aggregate((nint)1, (product, length) => product * length);
        return Tensor.Create([.. Enumerable.Range(0, (int)count).Select(_ => T.CreateTruncating(low + ((high - low) * random.NextDouble())))], lengths);
    }
}
