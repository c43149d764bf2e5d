using System.Reflection;
using GraphWeaver.Compiler.Emission;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;

namespace GraphWeaver.DifferentialTests.RoundTrip;

/// <summary>Lift, then emit, then run gives what the compiler's body gives, for every method of a corpus, in both configurations.</summary>
public sealed class LiftEmitTests
{
    [Theory]
    [InlineData("Corpus", OptimizationLevel.Debug)]
    [InlineData("Corpus", OptimizationLevel.Release)]
    [InlineData("Handlers", OptimizationLevel.Debug)]
    [InlineData("Handlers", OptimizationLevel.Release)]
    public void Every_method_of_the_corpus_does_the_same_after_a_round_trip_through_the_IR(string corpus, OptimizationLevel optimization)
    {
        var original = CSharpCompiler.Compile(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "RoundTrip", corpus + ".cs")), optimization);
        var rewritten = 0;
        var roundTripped = CecilModules.Rewrite(original, module => rewritten = RoundTripAll(module));
        Assert.InRange(rewritten, 100, int.MaxValue);

        using var before = new LoadedProgram(original);
        using var after = new LoadedProgram(roundTripped);
        var cases = before.Assembly.GetType(corpus)!.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly);
        Assert.NotEmpty(cases);
        Assert.All(cases, test => Assert.Equal(before.Call(corpus, test.Name), after.Call(corpus, test.Name)));
    }

    public static int RoundTripAll(ModuleDefinition module)
    {
        var count = 0;
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            var function = Lifter.Lift(method);
            Verifier.Check(function, "lift");
            SlotPromotion.Run(function);
            Verifier.Check(function, "slot promotion");
            BodyEmitter.Emit(function, method);
            count++;
        }

        return count;
    }
}
