using System.Reflection;
using GraphWeaver.Compiler.Binding;
using GraphWeaver.Compiler.Binding.Storing;
using GraphWeaver.Compiler.Emission;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.IR.Text;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.Compiler.Purity;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;

namespace GraphWeaver.UnitTests.Binding;

/// <summary>Bound methods do what they did before, for control flow nobody thought of; so do those that have been text in between.</summary>
public sealed class RandomProgramTests
{
    private const int Methods = 120;

    [Theory]
    [InlineData(OptimizationLevel.Debug, 1)]
    [InlineData(OptimizationLevel.Release, 2)]
    public void A_random_method_gives_the_same_after_binding(OptimizationLevel optimization, int seed)
    {
        var methods = Enumerable.Range(0, Methods).Select(index => new ProgramGenerator((seed * 100_000) + index).Method("M" + index)).ToList();
        var original = CSharpCompiler.Compile($"public static class Program {{\n{string.Concat(methods)}}}", optimization, "Random" + seed);
        var shorter = 0;
        var bound = CecilModules.Rewrite(original, module => shorter = module.GetType("Program").Methods.Count(BindAndEmit));
        Assert.InRange(shorter, Methods / 10, Methods);

        var before = Assembly.Load(original.Image).GetType("Program")!;
        var after = Assembly.Load(bound.Image).GetType("Program")!;
        for (var i = 0; i < Methods; i++)
        {
            foreach (var (a, b) in new[] { (0, 0), (1, -1), (2, 1), (3, 3), (-5, 2), (1 << 20, -9) })
            {
                var expected = before.GetMethod("M" + i)!.Invoke(null, [a, b]);
                Assert.True(expected!.Equals(after.GetMethod("M" + i)!.Invoke(null, [a, b])), $"M{i}({a}, {b}):\n{methods[i]}");
            }
        }
    }

    /// <summary>Whether the body lost branches: without any such the test would prove little.</summary>
    private static bool BindAndEmit(MethodDefinition method)
    {
        var source = Lifter.Lift(method);
        SlotPromotion.Run(source);
        var blocks = source.Blocks.Count;
        var foldability = new Foldability(new PurityAnalysis(new NoBodies(method.Module)), new KnownInputs(new StoredTypes(method.Module)), source, isEnabled: false);
        var program = new BuildProgram(new Function(method), foldability, new SliceRunner(null!, method.Module, (_, _) => { }));
        var bound = PartialEvaluator.Run(source, program, new UnrollBudget());
        Verifier.Check(bound, "binding");
        DeadCode.Run(bound);
        Verifier.Check(bound, "dead code");
        var isShorter = bound.Blocks.Count < blocks;
        BodyEmitter.Emit(IrParser.Parse(IrWriter.Write(bound), method.Module), method);
        return isShorter;
    }
}
