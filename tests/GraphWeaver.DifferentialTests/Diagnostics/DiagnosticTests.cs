using System.Diagnostics;
using System.Numerics.Tensors;
using GraphWeaver.Compiler;
using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Diagnostics;

/// <summary>What the build says: each code where the contract wants it, at its line, and nothing else of its kind.</summary>
public sealed class DiagnosticTests
{
    private const string Helpers = """

        public static class Pure
        {
            public static int Square(int x) => x * x;
            public static int Deep(int x) => x < 0 ? 0 : Deep(x + 1) + Deep(x + 2) + 1;
            public static int Endless(int x) { while (x >= 0) { x = (x + 1) & 7; } return x; }
        }
        """;

    [Fact]
    public void A_stack_overflow_in_a_folded_call_costs_one_warning_and_the_rest_still_folds()
    {
        using var program = Weave("[Graph] public static int M(bool deep) { var nine = Pure.Square(3);\n if (deep) { return Pure.Deep(0); }\n return nine + Pure.Square(4); }");
        var report = program.MethodReport("Program.M");
        var crash = Assert.Single(report.Diagnostics, diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.EvaluationCrashed);
        Assert.Contains("Pure.Deep", crash.Message);
        Assert.Equal(2, crash.Location!.Line);
        Assert.Equal(2, report.Folded);
        program.AssertSame("Program", "M", () => [false]);
    }

    [Fact]
    public void An_endless_loop_in_a_folded_call_costs_one_warning_and_some_seconds()
    {
        var clock = Stopwatch.StartNew();
        using var program = Weave("[Graph] public static int M(bool wait) { if (wait) { return Pure.Endless(0); }\n return Pure.Square(4); }", timeout: TimeSpan.FromSeconds(8));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30);
        var report = program.MethodReport("Program.M");
        Assert.Contains("Pure.Endless", Assert.Single(report.Diagnostics, diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.BudgetExceeded).Message);
        program.AssertSame("Program", "M", () => [false]);
    }

    [Fact]
    public void A_constant_loop_over_its_budget_stays_a_loop_with_a_warning()
    {
        using var program = Weave("[Graph] public static long M() { long s = Pure.Square(2);\n for (var i = 0; i < 100000; i++) { s = s * 31 + i; }\n return s; }");
        var report = program.MethodReport("Program.M");
        Assert.Equal(2, Assert.Single(report.Diagnostics, diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.BudgetExceeded).Location!.Line);
        program.AssertSame("Program", "M");
    }

    [Fact]
    public void Without_an_evaluator_nothing_folds_and_one_warning_says_so()
    {
        using var program = Weave("[Graph] public static int M() => Pure.Square(3); [Graph] public static Tensor<float> N(Tensor<float> x) => x * Pure.Square(2);", evaluator: "nowhere.dll");
        Assert.Single(program.Report.Diagnostics, diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.EvaluatorUnavailable);
        Assert.Equal(1, program.MethodReport("Program.N").Kernels);
        Assert.All(program.Report.Methods, method => Assert.Equal(0, method.Folded));
        program.AssertSame("Program", "M");
    }

    [Fact]
    public void An_immutable_value_that_cannot_be_stored_is_made_once_at_start_up()
    {
        using var program = Weave("[Graph] public static bool M(string text) => new System.Text.RegularExpressions.Regex(\"a+b\").IsMatch(text);");
        var report = program.MethodReport("Program.M");
        Assert.Equal(1, report.Startup);
        Assert.Contains("Regex", Assert.Single(report.Diagnostics, diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.MovedToStartup).Message);
        program.AssertSame("Program", "M", () => ["xaab"]);
        program.AssertSame("Program", "M", () => [null]);
    }

    [Fact]
    public void What_reads_the_clock_is_not_folded_and_the_chain_is_told()
    {
        using var program = Weave("static long Ticks() => DateTime.UtcNow.Ticks; static long Now() => Ticks(); [Graph] public static long M() => Now() > 0 ? Pure.Square(2) : 0;");
        var note = Assert.Single(program.MethodReport("Program.M").Diagnostics, diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.NotFolded);
        Assert.Contains("DateTime.UtcNow", note.Message);
        Assert.Contains("Program.Ticks", note.Message);
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData("(Print = Print.Run)", false, true)]
    [InlineData("(Print = Print.Build)", true, false)]
    public void A_constant_print_is_echoed_and_printed_as_asked(string settings, bool echoed, bool printed)
    {
        using var program = Weave($"[Graph{settings}] public static void M() {{ Console.WriteLine(\"nine is \" + \"9\"); Console.WriteLine(Pure.Square(3)); }}");
        var echo = program.MethodReport("Program.M").Diagnostics.Where(diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.Printed).Select(diagnostic => diagnostic.Message).ToList();
        Assert.Equal(echoed ? 2 : 0, echo.Count);
        Assert.All(echo.Zip(["nine is 9", "9"]), pair => Assert.EndsWith(pair.Second, pair.First));
        Assert.Equal(printed ? $"nine is 9{Environment.NewLine}9{Environment.NewLine}" : "", program.Woven.Call("Program", "M").Output);
    }

    [Fact]
    public void A_call_is_counted_once_however_often_its_loop_is_unrolled()
    {
        using var program = Weave("[Graph] public static Tensor<float> M(Tensor<float> x) { for (var i = 0; i < 3; i++) { x = Tensor.SoftMax<float>(x); } return x; }");
        Assert.Equal(1, program.MethodReport("Program.M").Fallbacks);
    }

    [Fact]
    public void Eager_calls_and_output_are_no_fallbacks()
    {
        using var program = Weave("""
            [Eager] static Tensor<float> Soft(Tensor<float> x) => Tensor.SoftMax<float>(x);
            [Graph] static Tensor<float> Twice(Tensor<float> x) => x * 2f;
            [Graph] public static Tensor<float> M(Tensor<float> x) { Console.WriteLine(x.Rank > 5); return Twice(Soft(x)) + Graph.Eager(() => 1f); }
            """);
        var messages = program.MethodReport("Program.M").Diagnostics.Where(diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.Fallback).Select(diagnostic => diagnostic.Message).ToList();
        Assert.All(messages, message => Assert.Contains("Rank", message));
        program.AssertSame("Program", "M", () => [Tensor.Create<float>([1, 2, 3])]);
    }

    [Fact]
    public void Tuples_delegates_and_automatic_properties_of_tensors_are_no_fallbacks()
    {
        using var program = Weave("public static Tensor<float>? Last { get; set; } [Graph] public static (Tensor<float>, int) M(Tensor<float> x) { Last = x * 2f; Func<Tensor<float>, int> rank = t => 1; return (Last, rank.Method.Name.Length > 0 ? 1 : 0); }");
        Assert.Equal(0, program.MethodReport("Program.M").Fallbacks);
        program.AssertSame("Program", "M", () => [Tensor.Create<float>([1, 2, 3])]);
    }

    [Theory]
    [InlineData("[Graph] public static async System.Threading.Tasks.Task M() { await System.Threading.Tasks.Task.Yield(); }", "async")]
    [InlineData("[Graph] public static IEnumerable<int> M() { yield return 1; }", "iterator")]
    [InlineData("[Graph] public abstract int M();", "abstract")]
    [InlineData("[Graph] [System.Runtime.InteropServices.DllImport(\"x\")] public static extern int M();", "extern")]
    public void Graph_where_it_cannot_go_is_an_error_with_the_way_round(string member, string word)
    {
        using var program = new WovenProgram($"public abstract class Program {{ {member} }}", OptimizationLevel.Release);
        var error = Assert.Single(program.MethodReport("Program.M").Diagnostics, diagnostic => diagnostic.Descriptor.Severity == Severity.Error);
        Assert.Equal("GW2002", error.Descriptor.Code);
        Assert.Contains(word, error.Message);
        Assert.Contains("mark", error.Message);
    }

    [Fact]
    public void A_method_with_a_handler_is_woven_and_what_its_try_throws_is_caught()
    {
        using var program = Weave("[Graph] public static Tensor<float> M(Tensor<float> x) {\n try { return x * 2f + x; } catch (NullReferenceException) { return Tensor.Create<float>([1]); } }");
        var report = program.MethodReport("Program.M");
        Assert.True(report.IsWoven);
        Assert.Equal(1, report.Kernels);
        program.AssertSame("Program", "M", () => [null]);
        program.AssertSame("Program", "M", () => [Tensor.Create<float>([1, 2])]);
    }

    [Fact]
    public void A_method_with_variable_arguments_stays_as_it_is_and_the_reason_is_named()
    {
        using var program = Weave("public static int M() => Count(__arglist(1, 2)); [Graph] public static int Count(__arglist) => new ArgIterator(__arglist).GetRemainingCount();");
        var report = program.MethodReport("Program.Count");
        Assert.False(report.IsWoven);
        Assert.Contains("variable arguments", Assert.Single(report.Diagnostics, diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.NotLifted).Message);
    }

    [Fact]
    public void A_method_that_throws_on_every_path_is_warned_of()
    {
        using var program = Weave("[Graph] public static Tensor<float> M(Tensor<float> x) {\n if (Pure.Square(3) == 9) { throw new InvalidOperationException(\"nine\"); }\n return x; }");
        Assert.Equal(2, Assert.Single(program.MethodReport("Program.M").Diagnostics, diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.AlwaysThrows).Location!.Line);
        program.AssertSame("Program", "M", () => [null]);
    }

    [Theory]
    [InlineData("throw new FormatException();")]
    [InlineData("int.Parse(\"no number\", System.Globalization.CultureInfo.InvariantCulture);")]
    [InlineData("ArgumentException.ThrowIfNullOrEmpty(\"\");")]
    public void What_a_method_catches_it_does_not_throw_on_every_path(string statement)
    {
        using var program = Weave($"[Graph] public static int M() {{ try {{ {statement} }} catch (Exception) {{ return Pure.Square(2); }}\n return 1; }}");
        Assert.DoesNotContain(program.MethodReport("Program.M").Diagnostics, diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.AlwaysThrows);
        program.AssertSame("Program", "M");
    }

    [Fact]
    public void An_assertion_that_is_false_on_every_call_is_warned_of_and_a_true_one_folds()
    {
        using var program = Weave("[Graph] public static int M(bool check) { System.Diagnostics.Debug.Assert(Pure.Square(2) == 4); if (check) {\n System.Diagnostics.Debug.Assert(Pure.Square(3) == 8, \"eight\"); } return Pure.Square(5); }", optimization: OptimizationLevel.Debug);
        var report = program.MethodReport("Program.M");
        Assert.Equal(2, Assert.Single(report.Diagnostics, diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.AssertionFails).Location!.Line);
        Assert.DoesNotContain(report.Diagnostics, diagnostic => diagnostic.Descriptor == DiagnosticCatalogue.EvaluationCrashed);
        program.AssertSame("Program", "M", () => [false]);
    }

    [Fact]
    public void A_marked_type_weaves_what_touches_tensors_and_passes_over_the_rest()
    {
        using var program = new WovenProgram("""
            [Graph] public static class Program
            {
                public static Tensor<float> M(Tensor<float> x) => x * 2f;
                public static int Plain(int x) => x + 1;
                public static async System.Threading.Tasks.Task<Tensor<float>> Later(Tensor<float> x) { await System.Threading.Tasks.Task.Yield(); return x; }
                [Eager] public static Tensor<float> Left(Tensor<float> x) => x * 3f;
            }
            """, OptimizationLevel.Release);
        Assert.Equal("Program.M", Assert.Single(program.Report.Methods).Name);
        program.AssertSame("Program", "M", () => [Tensor.Create<float>([1, 2, 3])]);
    }

    private static WovenProgram Weave(string members, FallbackPolicy fallback = FallbackPolicy.Warn, TimeSpan? timeout = null, string? evaluator = null, OptimizationLevel optimization = OptimizationLevel.Release) =>
        new("public static class Program {" + members + "}" + Helpers, optimization, fallback, timeout, evaluator);
}
