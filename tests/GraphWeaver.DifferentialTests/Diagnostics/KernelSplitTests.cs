using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Diagnostics;

/// <summary>GW1001 says what a fallback costs the kernels around it.</summary>
public sealed class KernelSplitTests
{
    private const string Source = """
        public static class Program
        {
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)] private static Tensor<float> Other(Tensor<float> x) { Console.Write(x.Rank); return x; }
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)] private static Tensor<float> Convert(Tensor<double> x) { Console.Write(x.Rank); return Tensor.Create<float>([1f]); }
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)] private static double Measure(Tensor<float> x) { Console.Write(x.Rank); return 2; }
            [Graph] public static Tensor<float> Between(Tensor<float> x) { var y = x * 2f + 1f; var z = Other(y); return z * y; }
            [Graph] public static Tensor<float> Wider(Tensor<double> x) { var z = Convert(x * 2.0); return z * z; }
            [Graph] public static Tensor<float> Unrelated(Tensor<float> x) { Other(x); return x; }
            [Graph] public static Tensor<float> First(Tensor<float> x) => Other(x) * 2f;
            [Graph] public static Tensor<float> Last(Tensor<float> x) => Other(x * 2f);
            [Graph] public static Tensor<float> Beside(Tensor<float> x, Tensor<float> y) { x += 1f; Other(y); x += 2f; return x; }
            [Graph] public static Tensor<float> Scalar(Tensor<float> x) { var y = x * 2f; return y * (float)Measure(y); }
            [Graph] public static Tensor<float> Spanned(Tensor<float> x) => Tensor.SoftMax<float>(x * 2f) * 3f;
        }
        """;

    private static readonly Dictionary<OptimizationLevel, Lazy<WovenProgram>> programs = new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        .ToDictionary(level => level, level => new Lazy<WovenProgram>(() => new WovenProgram(Source, level)));

    [Theory]
    [InlineData("Between", "It splits 2 kernels; 4 bytes per element go in and 4 come out.")]
    [InlineData("Wider", "It splits 2 kernels; 8 bytes per element go in and 4 come out.")]
    [InlineData("Unrelated", "It splits no kernel.")]
    [InlineData("First", "It borders on 1 kernel; 4 bytes per element come out.")]
    [InlineData("Last", "It borders on 1 kernel; 4 bytes per element go in.")]
    [InlineData("Beside", "It splits 2 kernels; no tensor crosses.")]
    [InlineData("Scalar", "It splits 2 kernels; 4 bytes per element go in.")]
    [InlineData("Spanned", "It splits 2 kernels; 4 bytes per element go in and 4 come out.")]
    public void A_fallback_is_told_with_its_cost(string method, string sentence)
    {
        foreach (var program in programs.Values)
        {
            var warning = Assert.Single(program.Value.MethodReport("Program." + method).Diagnostics, diagnostic => diagnostic.Descriptor.Code == "GW1001");
            Assert.Contains($". {sentence} Make", warning.Message);
        }
    }
}
