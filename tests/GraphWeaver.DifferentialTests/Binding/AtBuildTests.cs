using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Binding;

/// <summary><c>Graph.AtBuild</c>: once, in the build, whatever it reads. The one place where woven and unwoven may differ.</summary>
public sealed class AtBuildTests
{
    private const string Source = """
        public static class Program
        {
            private static int calls;
            public static int Square(int x) => x * x;
            private static string Read(string file) => File.ReadAllText(file);
            [Graph] public static long Clock() => Graph.AtBuild(() => DateTime.UtcNow.Ticks);
            [Graph] public static string Id() => Graph.AtBuild(() => Guid.NewGuid().ToString());
            [Graph] public static int Counted() => Graph.AtBuild(() => ++calls);
            [Graph] public static string Group() => Graph.AtBuild(Guid.NewGuid).GetType().Name;
            [Graph] public static int[] Numbers() => Graph.AtBuild(() => new[] { Random.Shared.Next(), 2 });
            [Graph] public static Tensor<float> Weights(Tensor<float> x) => x * Graph.AtBuild(() => Tensor.Create<float>([Random.Shared.NextSingle(), 1f, 2f]));
            [Graph] public static int Used() { var data = Graph.AtBuild(() => new[] { Random.Shared.Next(1000), 2 }); return data[0] * 0 + Square(data[1]) + data.Length; }
            [Graph] public static int Captured() { var k = Square(3); return Graph.AtBuild(() => k + 1); }
            [Graph] public static int Printed() { Console.WriteLine("before"); return Graph.AtBuild(() => { Console.WriteLine("inside"); return 3; }); }
            [Graph] public static int Twice() => Graph.AtBuild(() => 1) + Graph.AtBuild(() => 2) + Square(2);
            [Graph] public static int Looped() { var sum = 0; for (var i = 0; i < 3; i++) { var j = i; sum += Graph.AtBuild(() => j * 10); } return sum; }
            [Graph] public static int Dead(int x) { if (Square(2) == 5) { return Graph.AtBuild(() => x); } return x; }
            [Graph] public static int Local() { return Graph.AtBuild(Three); static int Three() => Environment.CurrentDirectory.Length > 0 ? 3 : 0; }
            [Graph] public static string Folder() => Graph.AtBuild(() => Environment.CurrentDirectory);
            [Graph] public static int Branch(bool b) => b ? Graph.AtBuild(() => 7) : 8;
            [Graph] public static int Both(int x) => x + Graph.AtBuild(() => File.Exists("nowhere.txt") ? 1 : 2) * Graph.AtBuild(() => DateTime.UtcNow.Year > 2000 ? 5 : 6);
        }
        """;

    [Theory]
    [InlineData(OptimizationLevel.Release)]
    [InlineData(OptimizationLevel.Debug)]
    public void What_was_computed_in_the_build_is_the_value_at_every_call(OptimizationLevel optimization)
    {
        using var program = new WovenProgram(Source, optimization);
        Assert.DoesNotContain(program.Report.Methods.SelectMany(method => method.Diagnostics), diagnostic => diagnostic.Descriptor.Severity != Severity.Info);
        Assert.All(program.Report.Methods.Where(method => method.Name is not "Program.Dead"), method => Assert.True(method.Folded > 0, method.Name));
        foreach (var name in new[] { "Clock", "Id", "Numbers", "Counted" })
        {
            var first = program.Woven.Call("Program", name);
            Assert.Equal("", first.Exception);
            Assert.Equal(first, program.Woven.Call("Program", name));
            if (name != "Counted")
            {
                Assert.NotEqual(program.Unwoven.Call("Program", name), program.Unwoven.Call("Program", name));
            }
        }

        Assert.Equal("System.Int32 1", program.Woven.Call("Program", "Counted").Result);
        Assert.Equal("String Guid", program.Woven.Call("Program", "Group").Result);
        Assert.Equal("System.Int32 6", program.Woven.Call("Program", "Used").Result);
        Assert.Equal("System.Int32 10", program.Woven.Call("Program", "Captured").Result);
        Assert.Equal("System.Int32 7", program.Woven.Call("Program", "Twice").Result);
        Assert.Equal("System.Int32 30", program.Woven.Call("Program", "Looped").Result);
        Assert.Equal("System.Int32 4", program.Woven.Call("Program", "Dead", 4).Result);
        Assert.Equal("System.Int32 3", program.Woven.Call("Program", "Local").Result);
        Assert.Equal("System.Int32 7", program.Woven.Call("Program", "Branch", true).Result);
        Assert.Equal("System.Int32 11", program.Woven.Call("Program", "Both", 1).Result);
        Assert.Equal($"before{Environment.NewLine}", program.Woven.Call("Program", "Printed").Output);
        Assert.Contains("graphweaver", program.Woven.Call("Program", "Folder").Result);
    }

    [Fact]
    public void An_array_of_the_build_is_fresh_for_each_call()
    {
        using var program = new WovenProgram(Source, OptimizationLevel.Release);
        var method = program.Woven.Assembly.GetType("Program")!.GetMethod("Numbers")!;
        var (one, other) = ((int[])method.Invoke(null, null)!, (int[])method.Invoke(null, null)!);
        Assert.NotSame(one, other);
        Assert.Equal(one, other);
    }

    [Fact]
    public void A_method_whose_AtBuild_fails_is_left_as_it_was()
    {
        using var program = new WovenProgram(
            "public static class Program { [Graph] public static Tensor<float> M(Tensor<float> x) => x * 2f + x * Graph.AtBuild<float>(() => throw new InvalidOperationException(\"no\")); }",
            OptimizationLevel.Release);
        var report = program.MethodReport("Program.M");
        Assert.Equal(DiagnosticCatalogue.AtBuildFailed, Assert.Single(report.Diagnostics, diagnostic => diagnostic.Descriptor.Severity == Severity.Error).Descriptor);
        Assert.False(report.IsWoven);
        Assert.Equal((0, 0, 0), (report.Folded, report.Startup, report.Kernels));
        program.AssertSame("Program", "M", () => [System.Numerics.Tensors.Tensor.Create<float>([1, 2])]);
    }

    [Fact]
    public void Its_files_are_inputs_of_the_build()
    {
        using var program = new WovenProgram("public static class Program { [Graph] public static int M() => Graph.AtBuild(() => 1, \"../a.txt\"); }", OptimizationLevel.Release);
        Assert.Contains(program.Report.BuildInputs, path => Path.IsPathRooted(path) && Path.GetFileName(path) == "a.txt" && !path.Contains(".."));
    }
}
