using System.Numerics.Tensors;
using GraphWeaver.Compiler;
using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Diagnostics;

/// <summary>The two switches and which of them wins.</summary>
public sealed class FallbackSwitchTests
{
    /// <summary>Rows: what MSBuild says; columns: what the attribute says, nothing first.</summary>
    private static readonly Dictionary<FallbackPolicy, FallbackPolicy[]> InForce = new()
    {
        [FallbackPolicy.Warn] = [FallbackPolicy.Warn, FallbackPolicy.Warn, FallbackPolicy.Allow, FallbackPolicy.Error, FallbackPolicy.Off],
        [FallbackPolicy.Allow] = [FallbackPolicy.Allow, FallbackPolicy.Warn, FallbackPolicy.Allow, FallbackPolicy.Error, FallbackPolicy.Off],
        [FallbackPolicy.Error] = [FallbackPolicy.Error, FallbackPolicy.Error, FallbackPolicy.Error, FallbackPolicy.Error, FallbackPolicy.Off],
        [FallbackPolicy.Off] = [FallbackPolicy.Off, FallbackPolicy.Off, FallbackPolicy.Off, FallbackPolicy.Error, FallbackPolicy.Off],
    };

    private static readonly string[] Attributes = ["", "(Fallback = Fallback.Warn)", "(Fallback = Fallback.Allow)", "(Fallback = Fallback.Error)", "(Fallback = Fallback.Off)"];

    public static TheoryData<FallbackPolicy, string, FallbackPolicy> Table
    {
        get
        {
            var rows = new TheoryData<FallbackPolicy, string, FallbackPolicy>();
            foreach (var (build, columns) in InForce)
            {
                for (var i = 0; i < columns.Length; i++)
                {
                    rows.Add(build, Attributes[i], columns[i]);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void The_attribute_wins_but_for_the_builds_Off_and_Error_over_Allow_and_Warn(FallbackPolicy build, string attribute, FallbackPolicy inForce)
    {
        using var program = new WovenProgram(
            $$"""
            public static class Program
            {
                public static int Square(int x) => x * x;
                [Graph{{attribute}}] public static Tensor<float> M(Tensor<float> x) => x * Square(3) + Tensor.SoftMax<float>(x);
            }
            """,
            OptimizationLevel.Release,
            build);
        var report = program.MethodReport("Program.M");
        var told = report.Diagnostics.Where(diagnostic => diagnostic.Descriptor.Severity != Severity.Info).Select(diagnostic => diagnostic.Descriptor.Code);

        Assert.Equal(inForce switch { FallbackPolicy.Warn => ["GW1001"], FallbackPolicy.Allow => [], _ => (string[])["GW2001"] }, told);
        Assert.Equal(1, report.Fallbacks);
        Assert.Equal(inForce == FallbackPolicy.Off ? 0 : 1, report.Folded);
        program.AssertSame("Program", "M", () => [Tensor.Create<float>([1, 2, 3])]);
    }

    [Fact]
    public void A_value_on_a_method_wins_over_its_types()
    {
        using var program = new WovenProgram(
            """
            [Graph(Fallback = Fallback.Error)]
            public static class Program
            {
                [Graph(Fallback = Fallback.Allow)] public static Tensor<float> M(Tensor<float> x) => Tensor.SoftMax<float>(x);
                public static Tensor<float> N(Tensor<float> x) => Tensor.SoftMax<float>(x);
            }
            """,
            OptimizationLevel.Release);

        Assert.DoesNotContain(program.MethodReport("Program.M").Diagnostics, diagnostic => diagnostic.Descriptor.Severity != Severity.Info);
        Assert.Contains(program.MethodReport("Program.N").Diagnostics, diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.FallbackForbidden);
    }

    [Theory]
    [InlineData(FallbackPolicy.Warn, true)]
    [InlineData(FallbackPolicy.Off, false)]
    public void With_fallback_off_no_worker_is_asked_for(FallbackPolicy policy, bool isAskedFor)
    {
        // Asking for one that cannot start is GW1008.
        using var program = new WovenProgram(
            "public static class Program { public static int Square(int x) => x * x; [Graph] public static int M() => Square(3) + Math.Max(1, \"text\".Length); }",
            OptimizationLevel.Release,
            policy,
            evaluator: "nowhere.dll");

        Assert.Equal(isAskedFor ? ["GW1008"] : [], program.Report.Diagnostics.Select(diagnostic => diagnostic.Descriptor.Code));
        Assert.Equal(0, program.MethodReport("Program.M").Folded);
    }
}
