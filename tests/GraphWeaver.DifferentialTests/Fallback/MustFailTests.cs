using GraphWeaver.Compiler;
using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;
using Diagnostic = GraphWeaver.Compiler.Diagnostics.Diagnostic;

namespace GraphWeaver.DifferentialTests.Fallback;

/// <summary>Cases that a build refuses: GW2001, GW2002, GW2003, each at its line and with the name the user needs.</summary>
public sealed class MustFailTests
{
    private const string Helpers = """

        public static class Pure
        {
            public static int Square(int x) => x * x;
            public static int Refuse(int x) => x > 0 ? throw new InvalidOperationException("refused " + "here") : x;
        }
        """;

    [Fact]
    public void Every_fallback_of_a_method_is_refused_not_only_the_first()
    {
        using var program = Weave("""
            [Graph(Fallback = Fallback.Error)] public static Tensor<float> M(Tensor<float> x, float[] data) {
            var soft = Tensor.SoftMax<float>(x);
            var made = Tensor.Create(data);
            return soft + made * Pure.Square(3); }
            """);
        var errors = Errors(program, "GW2001");
        Assert.Equal([2, 3], errors.Select(error => error.Location!.Line));
        Assert.Contains("'x'", errors[0].Message);
        Assert.Contains("'data'", errors[1].Message);
        Assert.Equal(2, program.MethodReport("Program.M").Fallbacks);
    }

    [Fact]
    public void One_edit_names_exactly_the_argument_it_made_variable()
    {
        using var constant = Weave("[Graph(Fallback = Fallback.Error)] public static double[] M(int n) { var a = new[] { 1.0, 4 }; return MathNet.Numerics.Window.Hann(a.Length); }");
        using var variable = Weave("[Graph(Fallback = Fallback.Error)] public static double[] M(int n) { var a = new double[n]; return MathNet.Numerics.Window.Hann(a.Length); }");
        Assert.DoesNotContain(constant.MethodReport("Program.M").Diagnostics, diagnostic => diagnostic.Descriptor.Severity == Severity.Error);
        var error = Assert.Single(Errors(variable, "GW2001"));
        Assert.Contains("parameter 'n'", error.Message);
        Assert.Contains("Window.Hann", error.Message);
    }

    [Theory]
    [InlineData("return (int)(MathNet.Numerics.Window.Hann(4)[1] * 100);", 1)]
    [InlineData("return Pure.Square(3);", 0)]
    public void With_fallback_off_nothing_is_executed_and_what_is_unsupported_is_refused(string statement, int refused)
    {
        using var program = Weave($"[Graph] public static int M() {{ {statement} }}", FallbackPolicy.Off);
        Assert.Equal(0, program.MethodReport("Program.M").Folded);
        Assert.Equal(refused, Errors(program, "GW2001").Count);
    }

    [Theory]
    [InlineData("public static async System.Threading.Tasks.Task<int> M() { await System.Threading.Tasks.Task.Yield(); return 1; }", "async")]
    [InlineData("public static IEnumerable<int> M() { yield return 1; }", "iterator")]
    [InlineData("public static async IAsyncEnumerable<int> M() { await System.Threading.Tasks.Task.Yield(); yield return 1; }", "iterator")]
    [InlineData("public abstract int M();", "abstract")]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"x\")] public static extern int M();", "extern")]
    public void A_mark_where_it_cannot_go_is_refused_with_the_way_round(string member, string word)
    {
        using var program = new WovenProgram($"public abstract class Program {{ [Graph] {member} }}", OptimizationLevel.Release);
        var error = Assert.Single(Errors(program, "GW2002"));
        Assert.Contains(word, error.Message);
    }

    [Theory]
    [InlineData("Graph.AtBuild(() => Pure.Refuse(1))", "refused here")]
    [InlineData("Graph.AtBuild(() => x + 1)", "x")]
    [InlineData("Graph.AtBuild(() => File.ReadAllText(\"absent.txt\").Length, \"absent.txt\")", "absent.txt")]
    public void What_cannot_be_had_at_build_is_refused_with_the_reason(string expression, string reason)
    {
        using var program = Weave($"[Graph] public static int M(int x) {{\n return {expression}; }}");
        var error = Assert.Single(Errors(program, "GW2003"));
        Assert.Equal(2, error.Location!.Line);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void With_fallback_off_nothing_can_be_had_at_build()
    {
        using var program = Weave("[Graph] public static int M() => Graph.AtBuild(() => 3);", FallbackPolicy.Off);
        Assert.Single(Errors(program, "GW2003"));
    }

    private static List<Diagnostic> Errors(WovenProgram program, string code)
    {
        var errors = program.MethodReport("Program.M").Diagnostics.Where(diagnostic => diagnostic.Descriptor.Severity == Severity.Error).ToList();
        Assert.All(errors, error => Assert.Equal(code, error.Descriptor.Code));
        return errors;
    }

    private static WovenProgram Weave(string members, FallbackPolicy fallback = FallbackPolicy.Warn) =>
        new("public static class Program {" + members + "}" + Helpers, OptimizationLevel.Release, fallback);
}
