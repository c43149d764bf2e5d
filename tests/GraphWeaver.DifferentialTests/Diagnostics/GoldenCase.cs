using GraphWeaver.Compiler;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;

namespace GraphWeaver.DifferentialTests.Diagnostics;

/// <summary>A program and the circumstances of its build, for one thing a code can say.</summary>
/// <param name="Code">The code it is a case of.</param>
/// <param name="Name">What is special about it, in a few words.</param>
/// <param name="Source">The whole program.</param>
internal sealed record GoldenCase(string Code, string Name, string Source)
{
    public OptimizationLevel Optimization { get; init; } = OptimizationLevel.Release;

    public FallbackPolicy Fallback { get; init; } = FallbackPolicy.Warn;

    public string? Evaluator { get; init; }

    public TimeSpan? Timeout { get; init; }

    /// <summary>What another tool did to the assembly between compiler and weaver.</summary>
    public Action<ModuleDefinition> Before { get; init; } = _ => { };

    /// <summary>Weaves the program and writes every diagnostic of the code: severity, place, message.</summary>
    public IReadOnlyList<string> Run()
    {
        var directory = Directory.CreateTempSubdirectory("graphweaver").FullName;
        try
        {
            var program = CSharpCompiler.Compile(Source, Optimization, "Golden" + Guid.NewGuid().ToString("N"));
            var options = WovenProgram.Options(program, directory, Fallback, Timeout, Evaluator);
            WeavingReport? report = null;
            CecilModules.Rewrite(program, module =>
            {
                Before(module);
                report = GraphCompiler.Weave(module, options, CancellationToken.None);
            });
            return [.. report!.Diagnostics.Concat(report.Methods.SelectMany(method => method.Diagnostics)).Where(diagnostic => diagnostic.Descriptor.Code == Code).Select(Format)];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Format(Compiler.Diagnostics.Diagnostic diagnostic)
    {
        var place = diagnostic.Location is { } location ? $"{Path.GetFileName(location.File)}({location.Line},{location.Column})" : "project";
        return $"{place}: {diagnostic.Descriptor.Severity.ToString().ToLowerInvariant()} {diagnostic.Descriptor.Code}: {diagnostic.Message}";
    }
}
