using GraphWeaver.Compiler;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Generics;

/// <summary>Marked generic code: woven against unwoven, with what was compiled for which type arguments.</summary>
[Collection(nameof(GraphMode))]
public sealed class GenericTests
{
    private static readonly OptimizationLevel[] Optimizations = [OptimizationLevel.Debug, OptimizationLevel.Release];

    private static readonly Dictionary<(string Source, OptimizationLevel Optimization), Lazy<WovenProgram>> Programs =
        new[] { GenericMethods.Source, GenericSurroundings.Source }.SelectMany(source => Optimizations, (source, optimization) => (source, optimization))
            .ToDictionary(key => key, key => new Lazy<WovenProgram>(() => new WovenProgram(key.source, key.optimization)));

    private static readonly string[] MethodNames =
    [
        "Scaled", "Decimals", "Chain", "Root", "Bits", "Checked", "Divided", "Compared", "Converted", "Typed", "Boxed", "Closures", "Recursive", "Growing",
        "Spans", "ByReference", "Chosen", "Raw", "Matrix", "Structures", "Objects", "Guarded", "Unconstrained", "Elements", "Two", "WithService", "Activated",
        "Hidden", "Reached", "Overloads", "Layers", "Nested", "Derived", "Structs", "Virtual", "MarkedType",
    ];

    private static readonly string[] SurroundingNames =
    [
        "Inherited", "PreciseStatics", "ConstantStatics", "RefStruct", "Records", "Shapes", "Looped", "Lambdas", "Made", "Enums", "Summed", "Generic2", "Thrown",
        "Defaults", "Startup", "Stored", "AtBuild", "Dynamic", "Early", "Literals", "Steps", "Activated", "Delegates", "Pointers", "Extensions", "Volatile", "Query", "Guarded", "Iterated",
    ];

    public static TheoryData<string> MethodCases => [.. MethodNames];

    public static TheoryData<string> SurroundingCases => [.. SurroundingNames];

    /// <summary>A method, its kernels over all its specialisations, and what its summary goes on to say.</summary>
    public static TheoryData<string, int, string> Compiled => new()
    {
        { "Methods.Scaled", 4, "; compiled for T = float, double, int, long" },
        { "Methods.Mixed", 1, "; compiled for T = float; ordinary .NET for T = decimal" },
        { "Methods.Chain", 4, "; compiled for T = float, double, int, long" },
        { "Methods.Typed", 3, "; compiled for T = float, int, long" },
        { "Methods.Recursive", 4, "; compiled for T = float, int" },
        { "Methods.Unconstrained", 2, "; compiled for T = int; with open types for T = string, (int, string)" },
        { "Methods.Elements", 0, "" },
        { "Methods.Two", 6, "; compiled for TIn = float, TOut = int and TIn = int, TOut = float and TIn = float, TOut = decimal and TIn = byte, TOut = decimal" },
        { "Methods.Hidden", 0, "" },
        { "Methods.Reached", 2, "; compiled for T = float, int" },
        { "Layer`1.Self", 3, "; compiled for T = float, int, double; ordinary .NET for T = decimal" },
        { "Layer`1+Inner`1.Both", 4, "; compiled for T = float, U = int and T = double, U = float" },
        { "Running`1.Total", 2, "; compiled for T = float, long" },
        { "Adding.Do", 2, "; compiled for T = float, int" },
        { "Library.Open", 2, "; compiled for T = float, double" },
        { "Library.Integral", 2, "; compiled for T = int, long" },
        { "Marked`1.Twice", 2, "; compiled for T = float, int" },
    };

    [Theory]
    [MemberData(nameof(MethodCases))]
    public void Generic_code_does_what_the_unwoven_code_does(string name) => AssertSame(GenericMethods.Source, name);

    [Theory]
    [MemberData(nameof(SurroundingCases))]
    public void Generic_code_does_what_the_unwoven_code_does_wherever_it_stands(string name) => AssertSame(GenericSurroundings.Source, name);

    [Theory]
    [MemberData(nameof(Compiled))]
    public void The_report_says_what_was_compiled_for_which_type_arguments(string method, int kernels, string arguments)
    {
        foreach (var optimization in Optimizations)
        {
            var report = Programs[(GenericMethods.Source, optimization)].Value.MethodReport(method);
            Assert.Equal((kernels, arguments), (report.Kernels, report.TypeArguments));
            Assert.Equal(kernels > 0, report.IsWoven);
        }
    }

    [Fact]
    public void Every_case_of_the_programs_is_listed()
    {
        Assert.Equal(MethodNames.Order(), Cases(GenericMethods.Source));
        Assert.Equal(SurroundingNames.Order(), Cases(GenericSurroundings.Source));

        static IEnumerable<string> Cases(string source) => Programs[(source, OptimizationLevel.Release)].Value.Unwoven.Assembly.GetType("Run")!.GetMethods()
            .Where(method => method.IsStatic && method.ReturnType == typeof(object)).Select(method => method.Name).Order();
    }

    [Fact]
    public void Nothing_of_it_fails_and_nothing_is_left_unlifted()
    {
        foreach (var report in Programs.Values.SelectMany(program => program.Value.Report.Methods))
        {
            Assert.DoesNotContain(report.Diagnostics, diagnostic => diagnostic.Descriptor.Code is "GW1901" or "GW1006");
        }
    }

    [Fact]
    public void The_compiled_sibling_is_what_runs_and_the_authors_body_for_other_arguments()
    {
        var program = Programs[(GenericMethods.Source, OptimizationLevel.Debug)].Value;
        Assert.Contains("<Ran>For<float>", program.Woven.Call("Run", "WhoRan", "float").Result);
        Assert.DoesNotContain("<Ran>For", program.Woven.Call("Run", "WhoRan", "decimal").Result);
        GraphMode.Current = ExecutionMode.Eager;
        try
        {
            var stack = program.Woven.Call("Run", "WhoRan", "float").Result;
            Assert.DoesNotContain("<Ran>For", stack);
            Assert.Contains("<Ran>Eager", stack);
            foreach (var name in MethodNames)
            {
                program.AssertSame("Run", name);
            }
        }
        finally
        {
            GraphMode.Current = ExecutionMode.Graph;
        }
    }

    [Fact]
    public void A_fallback_comes_once_for_its_site_and_none_for_what_only_open_types_hide()
    {
        var release = Programs[(GenericMethods.Source, OptimizationLevel.Release)].Value;
        foreach (var quiet in new[] { "Methods.Scaled", "Methods.Mixed", "Methods.Unconstrained", "Library.Open", "Library.Integral", "Layer`1.Forward" })
        {
            Assert.Equal((quiet, 0), (quiet, release.MethodReport(quiet).Fallbacks));
            Assert.Empty(Messages(release.MethodReport(quiet), "GW1001"));
        }

        Assert.Equal(1, release.MethodReport("Methods.Activated").Fallbacks);
        Assert.StartsWith("'IActivation<Leaky>.Apply(x * 2f)' stays ordinary .NET", Assert.Single(Messages(release.MethodReport("Methods.Activated"), "GW1001")));
        Assert.DoesNotContain("(for", Assert.Single(Messages(release.MethodReport("Methods.Elements"), "GW1001")));
        Assert.EndsWith("(for TIn = float, TOut = decimal)", Assert.Single(Messages(release.MethodReport("Methods.Two"), "GW1001")));
        Assert.EndsWith("(for T = long)", Assert.Single(Messages(release.MethodReport("Methods.Typed"), "GW0201")));
    }

    [Fact]
    public void Where_fallback_is_an_error_a_use_left_to_dotnet_is_one()
    {
        const string Source = """
            using System.Numerics;
            public static class Program
            {
                [Graph] public static Tensor<T> Closed<T>(Tensor<T> x) where T : struct, INumber<T> => x * x;
                [Graph] public static Tensor<T> Open<T>(Tensor<T> x) where T : struct, INumber<T> => x * x;
                public static object Run(Tensor<float> x, Tensor<decimal> y) => (Closed(x), Open(x), Open(y));
            }
            """;
        using var program = new WovenProgram(Source, OptimizationLevel.Release, FallbackPolicy.Error);
        Assert.Empty(Messages(program.MethodReport("Program.Closed"), "GW2001"));
        Assert.StartsWith("'x * x'", Assert.Single(Messages(program.MethodReport("Program.Open"), "GW2001")));
    }

    private static IEnumerable<string> Messages(MethodReport report, string code) =>
        report.Diagnostics.Where(diagnostic => diagnostic.Descriptor.Code == code).Select(diagnostic => diagnostic.Message);

    private static void AssertSame(string source, string name)
    {
        foreach (var optimization in Optimizations)
        {
            var observed = Programs[(source, optimization)].Value.AssertSame("Run", name);
            Assert.Equal("", observed.Exception);
        }
    }
}
