using System.Reflection;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Fallback;

/// <summary>Stage S under concurrent first calls: what is made at start-up is made exactly once, and everybody gets it.</summary>
[Collection(nameof(GraphMode))]
public sealed class StartupTests
{
    private const string Source = """
        using System.Text.RegularExpressions;

        [BuildTime]
        public static class Workshop
        {
            public static int Made;
            public static Regex Make(string pattern) { System.Threading.Interlocked.Increment(ref Made); System.Threading.Thread.Sleep(20); return new Regex(pattern); }
        }

        public static class Program
        {
            [Graph] public static Regex Shared() => Workshop.Make("a+b");
            [Graph] public static bool Matches(string text) => Workshop.Make("b+c").IsMatch(text);
        }
        """;

    [Fact]
    public void Concurrent_first_calls_make_one_object()
    {
        using var program = new WovenProgram(Source, OptimizationLevel.Release);
        Assert.Equal(1, program.MethodReport("Program.Shared").Startup);
        Assert.Equal(1, program.MethodReport("Program.Matches").Startup);
        using var module = CecilModules.Read(program.Image);
        Assert.Equal("Regex.IsMatch", RemainingCode.Of(module.GetType("Program").Methods.Single(method => method.Name == "Matches")));
        var shared = Concurrently(program, "Shared");
        Assert.All(shared, value => Assert.Same(shared[0], value));
        Assert.All(Concurrently(program, "Matches", "abbc"), value => Assert.Equal(true, value));
        Assert.Equal(2, program.Woven.Assembly.GetType("Workshop")!.GetField("Made")!.GetValue(null));
    }

    private static object?[] Concurrently(WovenProgram program, string method, params object?[] arguments)
    {
        var target = program.Woven.Assembly.GetType("Program")!.GetMethod(method)!;
        using var start = new Barrier(8);
        var results = new object?[start.ParticipantCount];
        var threads = Enumerable.Range(0, results.Length).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            results[index] = target.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return results;
    }
}
