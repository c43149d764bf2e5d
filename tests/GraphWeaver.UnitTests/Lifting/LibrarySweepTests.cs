using System.Numerics.Tensors;
using GraphWeaver.Compiler.Emission;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Passes;
using Mono.Cecil;
using Xunit.Abstractions;

namespace GraphWeaver.UnitTests.Lifting;

/// <summary>
/// Every method body of five real assemblies lifts, verifies, is emitted and lifts again: what real compilers emit is the lifter's input
/// language, and what the emitter emits is of that language too.
/// </summary>
public sealed class LibrarySweepTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_body_of_five_libraries_lifts_and_is_emitted_so_that_it_lifts_again()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] assemblies =
        [
            typeof(object).Assembly.Location,
            Path.Combine(framework, "System.Linq.dll"),
            Path.Combine(framework, "System.Collections.dll"),
            typeof(Tensor).Assembly.Location,
            typeof(MathNet.Numerics.Constants).Assembly.Location,
        ];
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(framework);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(Tensor).Assembly.Location));

        foreach (var path in assemblies)
        {
            using var module = ModuleDefinition.ReadModule(path, new ReaderParameters { AssemblyResolver = resolver });
            var methods = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody && method.Body.Instructions.Count > 0).ToList();
            Assert.NotEmpty(methods);
            var withHandlers = methods.Count(method => method.Body.HasExceptionHandlers);
            methods.ForEach(RoundTrip);
            output.WriteLine($"{Path.GetFileName(path),-32} {methods.Count,6} bodies, {withHandlers,5} with handlers");
        }
    }

    private static void RoundTrip(MethodDefinition method)
    {
        try
        {
            var clauses = method.Body.ExceptionHandlers.Count;
            var function = Lifter.Lift(method);
            Verifier.Check(function, "lift");
            SlotPromotion.Run(function);
            Verifier.Check(function, "slot promotion");
            BodyEmitter.Emit(function, method);
            Assert.Equal(clauses, method.Body.ExceptionHandlers.Count);
            Verifier.Check(Lifter.Lift(method), "the second lift");
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(method.FullName, exception);
        }
    }
}
