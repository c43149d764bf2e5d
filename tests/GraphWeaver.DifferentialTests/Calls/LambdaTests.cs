using System.Numerics.Tensors;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Calls;

/// <summary>Lambdas and local functions that were not lifted: their bodies are woven like the method they stand in, and reported with it.</summary>
[Collection(nameof(GraphMode))]
public sealed class LambdaTests
{
    private const string Source = """
        public static class Program
        {
            [Graph] public static Tensor<float>[] Linq(Tensor<float>[] xs) => xs.Select(t => t * 2f + 1f).ToArray();
            [Graph] public static Tensor<float>[] LinqCapturing(Tensor<float>[] xs, float a) { var b = a; return xs.Where(t => t is not null).Select(t => (t * a - b) * b).ToArray(); }
            [Graph] public static Tensor<float>[] LinqOfHelper(Tensor<float>[] xs) => xs.Select(t => Helper(t) + 1f).ToArray();
            private static Tensor<float> Helper(Tensor<float> t) => t * 3f;
            [Graph] public static Tensor<float>[] NestedLinq(Tensor<float>[] xs) => xs.SelectMany(t => xs.Select(u => t * u + 1f)).ToArray();
            [Graph] public static Tensor<float>[] LocalFunctionGroup(Tensor<float>[] xs) { return xs.Select(Scale).ToArray(); static Tensor<float> Scale(Tensor<float> t) => t * 2f + 1f; }
            [Graph] public static Tensor<float>[] Both(Tensor<float>[] xs) { Func<Tensor<float>, Tensor<float>> f = t => Third(t) * 2f; var first = f(xs[0]); return xs.Select(f).Append(first).ToArray(); }
            private static Tensor<float> Third(Tensor<float> t) => t * (float)MathNet.Numerics.SpecialFunctions.Logistic(t[0]);
            [Graph] public static T[] Generic<T>(Tensor<float>[] xs, T other) => xs.Select(t => Tensor.Sum<float>(t * 2f + 1f) > 0 ? other : default!).ToArray();
            public static object RunGeneric(Tensor<float>[] xs) => Generic(xs, "other");
            [Graph] public static Tensor<float> EagerLambda(Tensor<float> x) => Graph.Eager(() => x * 2f + 1f) - 1f;
            [Graph] public static Tensor<float>[] Throws(Tensor<float>[] xs) => xs.Select(t => t.Rank > 0 ? throw new InvalidOperationException("rank") : t * 2f).ToArray();
            [Graph] public static IEnumerable<Tensor<float>> Lazy(Tensor<float>[] xs) { Console.WriteLine("now"); return xs.Select(t => { Console.WriteLine("later"); return t * 2f; }); }
            public static object RunLazy(Tensor<float>[] xs) { var lazy = Lazy(xs); Console.WriteLine("between"); return lazy.ToArray(); }
            [Graph] public static int AsyncLambda(Tensor<float> x) { Func<System.Threading.Tasks.Task<int>> f = async () => { await System.Threading.Tasks.Task.Yield(); return (int)Tensor.Sum<float>(x * 2f); }; return f().Result; }
        }
        """;

    private static Tensor<float>[] Several() => [Tensor.Create<float>([1, 2, 3]), Tensor.Create<float>([4, 5, 6])];

    public static TheoryData<string, string, int, int, Func<object?[]>> Calls => new()
    {
        { "Linq", "Linq", 1, 2, () => [Several()] },
        { "LinqCapturing", "LinqCapturing", 1, 2, () => [Several(), 2f] },
        { "LinqOfHelper", "LinqOfHelper", 1, 2, () => [Several()] },
        { "NestedLinq", "NestedLinq", 1, -1, () => [Several()] },
        { "LocalFunctionGroup", "LocalFunctionGroup", 1, 2, () => [Several()] },
        { "Both", "Both", -1, -1, () => [Several()] },
        { "RunGeneric", "Generic", 1, 1, () => [Several()] },
        { "EagerLambda", "EagerLambda", 1, 0, () => [Several()[0]] },
        { "Throws", "Throws", 1, -1, () => [Several()] },
        { "RunLazy", "Lazy", 1, 1, () => [Several()] },
        { "AsyncLambda", "AsyncLambda", 0, 0, () => [Several()[0]] },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_lambda_is_woven_under_its_method(string run, string method, int kernels, int fallbacks, Func<object?[]> arguments)
    {
        foreach (var optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            var program = Programs.Of(Source, optimization);
            program.AssertSame("Program", run, arguments);
            var report = program.MethodReport("Program." + method);
            Assert.True(
                (kernels < 0 || report.Kernels == kernels) && (fallbacks < 0 || report.Fallbacks == fallbacks) && report.IsWoven == report.Kernels > 0,
                $"{optimization}: {report.Kernels} kernels, {report.Fallbacks} fallbacks; {string.Join(" ", report.Diagnostics.Select(diagnostic => diagnostic.Message))}");
            Assert.Single(report.Diagnostics, diagnostic => diagnostic.Descriptor.Code == "GW0001");
        }
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void A_place_that_is_lifted_and_woven_is_told_of_once(OptimizationLevel optimization)
    {
        var told = Programs.Of(Source, optimization).MethodReport("Program.Both").Diagnostics.Where(diagnostic => diagnostic.Message.Contains("SpecialFunctions.Logistic"));
        Assert.Single(told);
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug)]
    [InlineData(OptimizationLevel.Release)]
    public void The_mode_is_read_where_a_lambda_begins(OptimizationLevel optimization)
    {
        var program = Programs.Of(Source, optimization);
        var expected = program.Unwoven.Call("Program", "Linq", [Several()]);
        GraphMode.Current = ExecutionMode.Eager;
        try
        {
            Assert.Equal(expected, program.Woven.Call("Program", "Linq", [Several()]));
        }
        finally
        {
            GraphMode.Current = ExecutionMode.Graph;
        }
    }

    [Theory]
    [InlineData("[Graph] public static double[] M(double[] xs) => xs.Select(x => x + Graph.AtBuild(() => 41.0 + 1)).ToArray();", false)]
    [InlineData("[Graph] public static double[] M(double[] xs) => xs.Select(x => Graph.AtBuild(() => x + 1)).ToArray();", true)]
    public void Graph_AtBuild_is_found_in_a_lambda(string method, bool fails)
    {
        using var program = new WovenProgram($"public static class Program {{ {method} }}", OptimizationLevel.Release);
        Assert.Equal(fails, program.MethodReport("Program.M").Diagnostics.Any(diagnostic => diagnostic.Descriptor.Code == "GW2003"));
        program.AssertSame("Program", "M", () => [new[] { 1.0, 2.0 }]);
    }
}
