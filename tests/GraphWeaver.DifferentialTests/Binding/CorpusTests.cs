using System.Reflection;
using GraphWeaver.Compiler;
using GraphWeaver.Compiler.Binding;
using GraphWeaver.Compiler.Emission;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.Compiler.Weaving;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Binder = GraphWeaver.Compiler.Binding.Binder;

namespace GraphWeaver.DifferentialTests.Binding;

/// <summary>
/// The round-trip corpus again, every method bound and fused: ordinary C# that has little to do with tensors, with the evaluator at work, and
/// with nothing executed at all.
/// </summary>
public sealed class CorpusTests
{
    [Theory]
    [InlineData(OptimizationLevel.Debug, FallbackPolicy.Warn)]
    [InlineData(OptimizationLevel.Release, FallbackPolicy.Warn)]
    [InlineData(OptimizationLevel.Debug, FallbackPolicy.Off)]
    [InlineData(OptimizationLevel.Release, FallbackPolicy.Off)]
    public void Every_method_of_the_corpus_does_the_same_after_binding_and_fusion(OptimizationLevel optimization, FallbackPolicy fallback)
    {
        var directory = Directory.CreateTempSubdirectory("graphweaver").FullName;
        try
        {
            var source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "RoundTrip", "Corpus.cs"));
            var original = CSharpCompiler.Compile(source, optimization, "Program" + Guid.NewGuid().ToString("N"));
            var options = WovenProgram.Options(original, directory, fallback);
            var folded = 0;
            var bound = CecilModules.Rewrite(original, module => folded = BindAll(module, options));
            Assert.True(fallback == FallbackPolicy.Off ? folded == 0 : folded > 20, $"{folded} folded");

            using var before = new LoadedProgram(original);
            using var after = new LoadedProgram(bound);
            var cases = before.Assembly.GetType("Corpus")!.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly);
            Assert.All(cases, test => Assert.Equal(before.Call("Corpus", test.Name), after.Call("Corpus", test.Name)));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static int BindAll(ModuleDefinition module, WeavingOptions options)
    {
        var project = new WeavingReport();
        using var session = new WeavingSession(module, options, project, [], CancellationToken.None);
        var settings = new GraphSettings(options.Fallback, PrintTiming.Both, FastMath: false);
        var folded = 0;
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).ToList())
        {
            var report = new MethodReport(method.Name, "", null);
            var function = Lifter.Lift(method);
            SlotPromotion.Run(function);
            function = new Binder(session, settings, report).Run(function);
            Verifier.Check(function, "binding");
            new KernelFusion(function, session.Kernels).Run();
            Verifier.Check(function, "fusion");
            BodyEmitter.Emit(function, method);
            folded += report.Folded;
        }

        Assert.Empty(project.Diagnostics);
        return folded;
    }
}
