using GraphWeaver.Compiler;
using GraphWeaver.Compiler.Emission;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.Compiler.Weaving;
using GraphWeaver.DifferentialTests.Harness;
using Mono.Cecil;
using Binder = GraphWeaver.Compiler.Binding.Binder;

namespace GraphWeaver.DifferentialTests.Binding;

/// <summary>Ten thousand real method bodies through every pass, with the evaluator and without: no crash, no hang, no broken graph.</summary>
public sealed class LibraryPipelineTests
{
    [Theory]
    [InlineData(FallbackPolicy.Off)]
    [InlineData(FallbackPolicy.Warn)]
    public void Every_body_of_MathNet_that_lifts_goes_through_every_pass(FallbackPolicy fallback)
    {
        var path = typeof(MathNet.Numerics.Constants).Assembly.Location;
        var directory = Directory.CreateTempSubdirectory("graphweaver").FullName;
        try
        {
            using var resolver = new DefaultAssemblyResolver();
            resolver.AddSearchDirectory(CSharpCompiler.ReferencePackDirectory);
            resolver.AddSearchDirectory(Path.GetDirectoryName(path));
            using var module = ModuleDefinition.ReadModule(path, new ReaderParameters { AssemblyResolver = resolver });
            var options = WovenProgram.Options(new CompiledAssembly("MathNet.Numerics", File.ReadAllBytes(path), []), directory, fallback, TimeSpan.FromMinutes(2));
            var report = new WeavingReport();
            using var session = new WeavingSession(module, options, report, [], CancellationToken.None);

            var bodies = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).ToList();
            Assert.InRange(bodies.Count, 10_000, int.MaxValue);
            var folded = bodies.Sum(method => Process(method, session, fallback));
            Assert.Empty(report.Diagnostics);
            Assert.True(fallback == FallbackPolicy.Off ? folded == 0 : folded > 100, $"{folded} folded");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static int Process(MethodDefinition method, WeavingSession session, FallbackPolicy fallback)
    {
        try
        {
            var report = new MethodReport(method.Name, "", null);
            var function = Lifter.Lift(method);
            SlotPromotion.Run(function);
            function = new Binder(session, new GraphSettings(fallback, PrintTiming.Both, FastMath: false), report).Run(function);
            Verifier.Check(function, "binding");
            new KernelFusion(function, session.Kernels).Run();
            Verifier.Check(function, "fusion");

            // Prepared only: the module stays whole, so that later methods are read as they were.
            _ = BodyEmitter.Prepare(function, method);
            return report.Folded;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(method.FullName, exception);
        }
    }
}
