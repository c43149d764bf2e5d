using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Binding;

/// <summary>Woven methods do what the unwoven do, for mixtures of objects, handlers and loops nobody thought of.</summary>
public sealed class RandomObjectTests
{
    private const int Methods = 20;

    [Theory]
    [InlineData(OptimizationLevel.Debug, 201_000)]
    [InlineData(OptimizationLevel.Release, 300_000)]
    public void A_random_method_with_objects_gives_the_same_woven(OptimizationLevel optimization, int seed)
    {
        var methods = Enumerable.Range(0, Methods).Select(index => new ObjectProgramGenerator(seed + index).Method("M" + index)).ToList();
        using var program = new WovenProgram($"{ObjectProgramGenerator.Library} public static class Program {{\n{string.Concat(methods)}}}", optimization);
        Assert.True(program.Report.Methods.Count(method => method.IsSimplified) > Methods / 2);
        for (var i = 0; i < Methods; i++)
        {
            foreach (var (a, b) in new[] { (0, 0), (1, 0), (2, 1), (3, 2), (1, 2), (-1, 5) })
            {
                var expected = program.Unwoven.Call("Program", "M" + i, a, b);
                Assert.True(expected == program.Woven.Call("Program", "M" + i, a, b), $"seed {seed + i}, ({a}, {b}):\n{methods[i]}");
            }
        }
    }
}
