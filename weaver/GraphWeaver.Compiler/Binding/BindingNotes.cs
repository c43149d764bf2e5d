using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>What binding tells the user; one word per site in source, however often it was unrolled.</summary>
internal sealed class BindingNotes(MethodReport report, WeavingReport project, GraphSettings settings)
{
    private readonly HashSet<(string Code, int Offset)> said = [];

    public void Failed(BuildNode node, SliceResult result)
    {
        var name = Name(node.Instruction);
        switch (result.Outcome)
        {
            case Outcome.Unavailable when project.Diagnostics.All(diagnostic => diagnostic.Descriptor != DiagnosticCatalogue.EvaluatorUnavailable):
                project.Diagnostics.Add(new Diagnostic(
                    DiagnosticCatalogue.EvaluatorUnavailable,
                    $"The evaluator cannot start: {Sentence(result.Error)}. {DiagnosticCatalogue.EvaluatorUnavailable.Advice}",
                    null));
                break;
            case Outcome.TimedOut or Outcome.OutOfMemory:
                Say(DiagnosticCatalogue.BudgetExceeded, node.Instruction, $"'{name}' was stopped in the build: {Sentence(result.Error)}. It stays ordinary .NET. {DiagnosticCatalogue.BudgetExceeded.Advice}");
                break;
            case Outcome.Crashed:
                Say(DiagnosticCatalogue.EvaluationCrashed, node.Instruction, $"'{name}' ended the process that executed it in the build: {Sentence(result.Error)}. It stays ordinary .NET. {DiagnosticCatalogue.EvaluationCrashed.Advice}");
                break;
            case Outcome.Threw or Outcome.Differed:
                Say(DiagnosticCatalogue.NotFolded, node.Instruction, $"'{name}' was not folded: {Sentence(result.Error)}");
                break;
        }
    }

    public void Prints(IEnumerable<ConstantPrint> prints, BuildProgram program)
    {
        if (settings.Print == PrintTiming.Run)
        {
            return;
        }

        var shown = prints.Select(print => (print.Call, Text: print.Text(program))).Where(print => print.Text is not null).ToList();
        foreach (var (call, text) in shown)
        {
            report.Diagnostics.Add(new Diagnostic(DiagnosticCatalogue.Printed, $"prints (invariant culture): {text}", SourceLocation.From(call.Location)));
        }

        if (settings.Print == PrintTiming.Build)
        {
            var calls = new HashSet<Instruction>(shown.Select(print => print.Call));
            program.Bound.Blocks.ForEach(block => block.Instructions.RemoveAll(calls.Contains));
        }
    }

    public void Folded(IEnumerable<BuildNode> nodes) => report.Folded = Sites(nodes, DiagnosticCatalogue.Folded, "was executed in the build");

    public void Startup(IEnumerable<BuildNode> nodes) => report.Startup = Sites(nodes, DiagnosticCatalogue.MovedToStartup, "is executed once at start-up, since its value cannot be stored");

    public void ConstantCalls(IReadOnlyList<BuildProgram.ConstantRuntimeCall> calls)
    {
        foreach (var assertion in calls.Select(constant => constant.Call).Where(Foldability.IsFalseAssertion))
        {
            Say(DiagnosticCatalogue.AssertionFails, assertion, "The assertion is false on every call.");
        }

        foreach (var (call, reason) in calls.Where(constant => !FallbackScan.IsExempt(constant.Call.Method!)).Select(constant => (constant.Call, constant.Reason)))
        {
            Say(DiagnosticCatalogue.NotFolded, call, $"'{Name(call)}' was not folded: {reason}. {DiagnosticCatalogue.NotFolded.Advice}");
        }
    }

    public void ExhaustedLoops(IEnumerable<BasicBlock> headers)
    {
        foreach (var header in headers)
        {
            var location = header.Instructions.Select(instruction => instruction.Location).FirstOrDefault(point => point is not null) ?? header.Terminator.Location;
            report.Diagnostics.Add(new Diagnostic(
                DiagnosticCatalogue.BudgetExceeded,
                $"A constant loop was not unrolled: it takes more than {UnrollBudget.MaximumTrips} trips or steps beyond the build's allowance. It stays a loop.",
                SourceLocation.From(location)));
        }
    }

    public void AlwaysThrows(Function bound)
    {
        if (bound.Blocks.All(block => block.Terminator.Code != Code.Ret) && bound.Blocks.FirstOrDefault(block => block.Terminator.Code == Code.Throw) is { } thrower)
        {
            report.Diagnostics.Add(new Diagnostic(
                DiagnosticCatalogue.AlwaysThrows,
                $"'{bound.Method.Name}' throws on every path.",
                SourceLocation.From(thrower.Terminator.Location)));
        }
    }

    private int Sites(IEnumerable<BuildNode> nodes, DiagnosticDescriptor descriptor, string what)
    {
        var sites = nodes.Where(BuildProgram.IsRealCall).GroupBy(node => node.Instruction.Offset).ToList();
        foreach (var site in sites)
        {
            var node = site.First();
            var value = node.Value is { Display.Length: > 0 } known ? $": {known.Display}" : "";
            Say(descriptor, node.Instruction, $"'{Name(node.Instruction)}' {what}{value}");
        }

        return sites.Count;
    }

    private void Say(DiagnosticDescriptor descriptor, Instruction instruction, string message)
    {
        if (said.Add((descriptor.Code, instruction.Offset)))
        {
            report.Diagnostics.Add(new Diagnostic(descriptor, message, SourceLocation.From(instruction.Location)));
        }
    }

    private static string Name(Instruction instruction) => instruction.Method is { } method ? MethodNames.Display(method) : instruction.Code.ToString().ToLowerInvariant();

    private static string Sentence(string? text) => (text ?? "for a reason it did not say").TrimEnd('.', ' ');
}
