using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.IR.Text;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Passes;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Xunit.Abstractions;

namespace GraphWeaver.UnitTests.IR;

/// <summary>What the writer prints the parser reads back, for all that real compilers emit.</summary>
public sealed class TextRoundTripTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Corpus", OptimizationLevel.Debug)]
    [InlineData("Corpus", OptimizationLevel.Release)]
    [InlineData("Handlers", OptimizationLevel.Debug)]
    [InlineData("Handlers", OptimizationLevel.Release)]
    public void Every_method_of_the_corpus_is_read_back_as_it_was_printed(string corpus, OptimizationLevel optimization)
    {
        var source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "RoundTrip", corpus + ".cs"));
        using var module = CecilModules.Read(CSharpCompiler.Compile(source, optimization));
        Assert.InRange(RoundTripAll(module), 100, int.MaxValue);
    }

    [Fact]
    public void Every_lifted_method_of_MathNet_Numerics_is_read_back_as_it_was_printed()
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(CSharpCompiler.ReferencePackDirectory);
        using var module = ModuleDefinition.ReadModule(
            typeof(MathNet.Numerics.Constants).Assembly.Location, new ReaderParameters { AssemblyResolver = resolver });
        Assert.InRange(RoundTripAll(module), 5000, int.MaxValue);
    }

    private int RoundTripAll(ModuleDefinition module)
    {
        var count = 0;
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            Function function;
            try
            {
                function = Lifter.Lift(method);
            }
            catch (NotLiftedException)
            {
                continue;
            }

            AssertRoundTrip(function);
            SlotPromotion.Run(function);
            AssertRoundTrip(function);
            count++;
        }

        output.WriteLine($"{count} methods of {module.Name}");
        return count;
    }

    private static void AssertRoundTrip(Function function)
    {
        var text = IrWriter.Write(function);
        Function parsed;
        try
        {
            parsed = IrParser.Parse(text, function.Module);
        }
        catch (FormatException exception)
        {
            throw new InvalidOperationException(function.Method.FullName + Environment.NewLine + text, exception);
        }

        Assert.Same(function.Method, parsed.Method);
        Assert.Equal(text, IrWriter.Write(parsed));
        Verifier.Check(parsed, "parsing");
        AssertSameTypes(function, parsed);
    }

    /// <summary>Text does not show what kind of thing a name means; the evaluation stack does.</summary>
    private static void AssertSameTypes(Function function, Function parsed)
    {
        var kinds = function.Instructions.Where(instruction => instruction.Type is not null).Select(instruction => StackTypes.KindOf(instruction.Type!));
        var parsedKinds = parsed.Instructions.Where(instruction => instruction.Type is not null).Select(instruction => StackTypes.KindOf(instruction.Type!));
        Assert.Equal(kinds, parsedKinds);
    }
}
