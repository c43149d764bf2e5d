using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using GraphWeaver.Compiler;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.DifferentialTests.Harness;
using Microsoft.CodeAnalysis;

namespace GraphWeaver.DifferentialTests.Diagnostics;

/// <summary>What docs/fallback.md shows is what happens, and it leaves out no reason of the purity table.</summary>
public sealed partial class FallbackDocumentTests
{
    private static readonly string Text = File.ReadAllText(PathOf("docs", "fallback.md"));

    public static TheoryData<string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string>();
            foreach (Match match in Example().Matches(Text))
            {
                examples.Add(match.Groups["code"].Value, match.Groups["said"].Value);
            }

            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_build_says_of_an_example_what_the_page_shows(string code, string said)
    {
        var directory = Directory.CreateTempSubdirectory("graphweaver").FullName;
        try
        {
            var program = CSharpCompiler.Compile(code, OptimizationLevel.Release, "Page" + Guid.NewGuid().ToString("N"));
            WeavingReport? report = null;
            CecilModules.Rewrite(program, module => report = GraphCompiler.Weave(module, WovenProgram.Options(program, directory), CancellationToken.None));
            var lines = report!.Methods.SelectMany(method => method.Diagnostics).Select(diagnostic => $"line {diagnostic.Location!.Line}: {diagnostic.Descriptor.Code}: {diagnostic.Message}");
            Assert.Equal(said.TrimEnd(), string.Join('\n', lines));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Every_stage_a_refusal_and_generic_code_have_an_example() => Assert.Equal(5, Examples.Count());

    [Fact]
    public void Every_reason_of_the_purity_table_is_listed()
    {
        var listed = Text.Split('\n').Where(line => line.StartsWith('|')).SelectMany(line => line.Split('|', ';')).Select(part => part.Trim()).ToHashSet();
        var reasons = File.ReadLines(PathOf("weaver", "GraphWeaver.Compiler", "Purity", "PurityTable.txt"))
            .Where(line => line.StartsWith("- ", StringComparison.Ordinal))
            .Select(line => line.Split(' ', 3)[2].Trim())
            .Distinct();

        Assert.Equal([], reasons.Except(listed));
    }

    [Fact]
    public void The_budgets_are_those_in_force()
    {
        var defaults = new WeavingOptions { AssemblyPath = "", ProjectDirectory = "" };
        var limits = Compiler.Evaluation.EvaluatorOptions.From(defaults);

        Assert.Contains($"| all executions of one build | {defaults.EvaluationTimeout.TotalSeconds} seconds;", Text);
        Assert.Equal(4, defaults.EvaluationTimeout / limits.SliceTimeout);
        Assert.Contains($"| memory of the executing process | {limits.MemoryLimit >> 30} GiB |", Text);
        Assert.Contains($"| one stored value | {limits.PayloadLimit >> 20} MiB |", Text);
    }

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```\n\n```text\n(?<said>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    private static string PathOf(params string[] parts) => Path.Combine([Root(), .. parts]);

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
