using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.RoundTrip;

/// <summary>Random methods full of handlers do after a round trip through the IR what they did before.</summary>
public sealed class RandomHandlerTests
{
    private const int Methods = 100;

    [Theory]
    [InlineData(OptimizationLevel.Debug, 1)]
    [InlineData(OptimizationLevel.Release, 2)]
    public void Random_methods_with_handlers_do_the_same_after_a_round_trip(OptimizationLevel optimization, int seed)
    {
        var generator = new HandlerProgramGenerator(seed);
        var source = HandlerProgramGenerator.Program(Enumerable.Range(0, Methods).Select(i => generator.Method("M" + i)));
        var original = CSharpCompiler.Compile(source, optimization);
        using var before = new LoadedProgram(original);
        using var after = new LoadedProgram(CecilModules.Rewrite(original, module => LiftEmitTests.RoundTripAll(module)));
        for (var i = 0; i < Methods; i++)
        {
            for (var p = 0; p < 5; p++)
            {
                Assert.Equal((i, before.Call("Program", "M" + i, p)), (i, after.Call("Program", "M" + i, p)));
            }
        }
    }
}
