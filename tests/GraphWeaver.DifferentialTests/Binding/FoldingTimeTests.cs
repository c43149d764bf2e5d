using System.Diagnostics;
using System.Text;
using GraphWeaver.DifferentialTests.Harness;
using GraphWeaver.Compiler;
using GraphWeaver.Compiler.Reporting;
using Microsoft.CodeAnalysis;
using Xunit.Abstractions;

namespace GraphWeaver.DifferentialTests.Binding;

/// <summary>
/// What folding costs a build. On a quiet machine of two cores, <c>GRAPHWEAVER_TIMING=1</c> demands the promised time; otherwise the bound only
/// catches a change of kind, since the machine may be doing anything else.
/// </summary>
public sealed class FoldingTimeTests(ITestOutputHelper output)
{
    private const int Calls = 100;
    private static readonly bool IsQuiet = Environment.GetEnvironmentVariable("GRAPHWEAVER_TIMING") == "1";

    [Fact]
    public void A_method_of_a_hundred_folded_calls_is_woven_in_time_with_the_start_of_the_workers()
    {
        var source = new StringBuilder("public static class Program { public static int Square(int x) => x * x; [Graph] public static int M() { var sum = 0;\n");
        for (var i = 0; i < Calls; i++)
        {
            source.Append("sum += ").Append(i % 4 == 0 ? $"Square({i})" : i % 4 == 1 ? $"Math.Max({i}, \"text\".IndexOf('x'))" : i % 4 == 2 ? $"string.Concat(\"a\", \"{i}\").Length" : $"(int)MathNet.Numerics.SpecialFunctions.Factorial({i % 10})").Append(";\n");
        }

        source.Append("return sum; } }");
        var directory = Directory.CreateTempSubdirectory("graphweaver").FullName;
        try
        {
            var program = CSharpCompiler.Compile(source.ToString(), OptimizationLevel.Release, "Timed");
            var options = WovenProgram.Options(program, directory);
            CecilModules.Rewrite(CSharpCompiler.Compile("public static class Program { [Graph] public static int M() => 1; }", OptimizationLevel.Release), module => GraphCompiler.Weave(module, options, CancellationToken.None));

            WeavingReport? report = null;
            var seconds = double.MaxValue;
            for (var trial = 0; trial < (IsQuiet ? 3 : 1); trial++)
            {
                CecilModules.Rewrite(program, module =>
                {
                    var clock = Stopwatch.StartNew();
                    report = GraphCompiler.Weave(module, options, CancellationToken.None);
                    output.WriteLine($"{clock.Elapsed.TotalSeconds:0.000} s");
                    seconds = Math.Min(seconds, clock.Elapsed.TotalSeconds);
                });
            }

            Assert.True(report!.Methods[0].Folded >= Calls, $"{report.Methods[0].Folded} calls were folded");
            Assert.InRange(seconds, 0, IsQuiet ? 1.5 : 6);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
