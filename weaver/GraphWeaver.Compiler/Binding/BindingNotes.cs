using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Purity;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>What binding tells the user; one word per site in source, however often it was unrolled.</summary>
internal sealed class BindingNotes(MethodDefinition method, MethodReport report, WeavingReport project, GraphSettings settings)
{
    private const int MostPrintsTold = 8;
    private const string HowToExecute = "If it is pure all the same, vouch for it with [BuildTime]; to execute it in the build whatever it reads, write Graph.AtBuild(() => ...).";
    private readonly HashSet<(string Code, int Offset)> said = [];

    /// <summary>What guards such as <c>ThrowIfNull</c> threw in the build.</summary>
    private readonly Dictionary<Instruction, string> thrown = [];

    /// <summary>Why the build could not execute a <c>Graph.AtBuild</c>, by its offset.</summary>
    public Dictionary<int, string> AtBuildFailures { get; } = [];

    public void Failed(BuildNode node, SliceResult result)
    {
        var name = Name(node.Instruction);
        report.FailedCalls[node.Instruction.Offset] = result.Outcome switch
        {
            Outcome.Threw => $"it throws {Sentence(result.Error)}",
            Outcome.Crashed => $"it ended the process that executed it in the build: {Sentence(result.Error)}",
            _ => $"in the build {Sentence(result.Error)}",
        };
        if (AtBuildCall.Is(node.Instruction))
        {
            AtBuildFailures[node.Instruction.Offset] = result.Outcome switch
            {
                Outcome.Threw => $"its function threw {Sentence(result.Error)}",
                Outcome.Crashed => $"its function ended the process that executed it: {Sentence(result.Error)}",
                _ => Sentence(result.Error),
            };
        }

        switch (result.Outcome)
        {
            case Outcome.Unavailable when project.Diagnostics.All(diagnostic => diagnostic.Descriptor != DiagnosticCatalogue.EvaluatorUnavailable):
                project.Diagnostics.Add(new Diagnostic(
                    DiagnosticCatalogue.EvaluatorUnavailable,
                    $"The evaluator cannot start: {Sentence(result.Error)}. {DiagnosticCatalogue.EvaluatorUnavailable.Advice}",
                    null));
                break;
            case var _ when AtBuildCall.Is(node.Instruction):
                break;
            case Outcome.TimedOut or Outcome.OutOfMemory:
                Say(DiagnosticCatalogue.BudgetExceeded, node.Instruction, $"{name} was stopped in the build: {Sentence(result.Error)}. It stays ordinary .NET. {DiagnosticCatalogue.BudgetExceeded.Advice}");
                break;
            case Outcome.Crashed:
                Say(DiagnosticCatalogue.EvaluationCrashed, node.Instruction, $"{name} ended the process that executed it in the build: {Sentence(result.Error)}. It stays ordinary .NET. {DiagnosticCatalogue.EvaluationCrashed.Advice}");
                break;
            case Outcome.Threw:
                if (node.Instruction.Method is { } guard && guard.Name.StartsWith("Throw", StringComparison.Ordinal))
                {
                    thrown[node.Instruction] = Sentence(result.Error);
                }

                if (node.Instruction.Method is { } helper && MethodNames.IsCompilerMade(helper.DeclaringType))
                {
                    // A switch expression without a match: nobody wrote a call there.
                    break;
                }

                Say(DiagnosticCatalogue.NotFolded, node.Instruction, $"{name} was not folded: it threw {Sentence(result.Error)}. The program throws it where it stands.");
                break;
            case Outcome.Differed:
                Say(DiagnosticCatalogue.NotFolded, node.Instruction, $"{name} was not folded: {Sentence(result.Error)}.");
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
        foreach (var site in shown.GroupBy(print => print.Call.Offset).OrderBy(site => site.Key))
        {
            var texts = site.Select(print => print.Text is { Length: > 0 } text ? text : "(an empty line)").ToList();
            var told = settings.Print == PrintTiming.Build ? texts : texts.Take(MostPrintsTold);
            var more = texts.Count - told.Count();
            report.Diagnostics.Add(new Diagnostic(
                DiagnosticCatalogue.Printed,
                $"prints (invariant culture): {string.Join(" | ", told)}{(more > 0 ? $" | and {more} more" : "")}",
                SourceLocation.From(site.First().Call.Location)));
        }

        if (settings.Print == PrintTiming.Build)
        {
            var calls = new HashSet<Instruction>(shown.Select(print => print.Call));
            program.Bound.Blocks.ForEach(block => block.Instructions.RemoveAll(calls.Contains));
        }
    }

    public void Folded(IEnumerable<BuildNode> nodes) => Sites(nodes, report.FoldedSites, DiagnosticCatalogue.Folded, "was executed in the build");

    public void Startup(IEnumerable<BuildNode> nodes) => Sites(nodes, report.StartupSites, DiagnosticCatalogue.MovedToStartup, "is executed once at start-up, since its value cannot be stored");

    public void ConstantCalls(IReadOnlyList<BuildProgram.ConstantRuntimeCall> calls)
    {
        foreach (var assertion in calls.Select(constant => constant.Call).Where(Foldability.IsFalseAssertion))
        {
            var text = string.Join(", ", assertion.Inputs.Skip(1).OfType<Constant>().Select(input => input.Literal).OfType<string>());
            Say(DiagnosticCatalogue.AssertionFails, assertion, $"The assertion is false on every call{(text.Length > 0 ? ": " + text : "")}.");
        }

        foreach (var (call, reason) in calls.Where(constant => !FallbackScan.IsExempt(constant.Call.Method!)).Select(constant => (constant.Call, constant.Reason)))
        {
            // "Guid.NewGuid draws random numbers" needs no second mention of the name.
            var own = UserNames.Of(call.Method!) + " ";
            var why = reason.StartsWith(own, StringComparison.Ordinal) ? "it " + reason.Substring(own.Length) : reason;
            Say(DiagnosticCatalogue.NotFolded, call, $"{Name(call)} was not folded: {why}. {HowToExecute}");
        }
    }

    public void ExhaustedLoops(IEnumerable<BasicBlock> headers)
    {
        foreach (var header in headers)
        {
            var location = FirstPoint(header);
            report.Diagnostics.Add(new Diagnostic(
                DiagnosticCatalogue.BudgetExceeded,
                $"A constant loop was not unrolled: it takes more than {UnrollBudget.MaximumTrips} trips or steps beyond the build's allowance. It stays a loop.",
                SourceLocation.From(location)));
        }
    }

    /// <summary>The first place in source at or after a block.</summary>
    private static SequencePoint? FirstPoint(BasicBlock start)
    {
        var seen = new HashSet<BasicBlock>();
        var open = new Queue<BasicBlock>([start]);
        while (open.Count > 0)
        {
            var block = open.Dequeue();
            if (seen.Add(block))
            {
                if ((block.Instructions.Select(instruction => instruction.Location).FirstOrDefault(point => point is not null) ?? block.Terminator.Location) is { } found)
                {
                    return found;
                }

                block.Successors.ToList().ForEach(open.Enqueue);
            }
        }

        return null;
    }

    public void AlwaysThrows(Function bound)
    {
        if (new CertainThrow(bound, thrown).Find() is { } found)
        {
            report.Diagnostics.Add(new Diagnostic(
                DiagnosticCatalogue.AlwaysThrows,
                $"'{MethodNames.Display(bound.Method)}' throws on every path: {found.Text}.",
                SourceLocation.From(found.Location)));
        }
    }

    private void Sites(IEnumerable<BuildNode> nodes, HashSet<int> sites, DiagnosticDescriptor descriptor, string what)
    {
        foreach (var site in nodes.Where(SourceCalls.Is).GroupBy(node => node.Instruction.Offset))
        {
            sites.Add(site.Key);
            var node = site.First();
            var value = node.Value is { Display.Length: > 0 } known && known.Type?.FullName.Contains("<") != true ? $": {known.Display}" : "";
            Say(descriptor, node.Instruction, $"{Name(node.Instruction)} {what}{value}");
        }
    }

    /// <summary>A call that the compiler gives no line belongs to the statement before it.</summary>
    private SequencePoint? PointBefore(int offset) => method.DebugInformation.SequencePoints.LastOrDefault(point => !point.IsHidden && point.Offset <= offset);

    private void Say(DiagnosticDescriptor descriptor, Instruction instruction, string message)
    {
        if (said.Add((descriptor.Code, instruction.Offset)))
        {
            report.Diagnostics.Add(new Diagnostic(descriptor, message, SourceLocation.From(instruction.Location ?? PointBefore(instruction.Offset))));
        }
    }

    private static string Name(Instruction instruction) => instruction switch
    {
        { Method: { } method } => $"'{MethodNames.Display(method)}'",
        { Code: Code.Newarr } => "The array",
        { Code: Code.Castclass or Code.Unbox_Any } => "The cast",
        { Code: Code.Ldlen or Code.Ldelem_Any or Code.Ldelem_Ref or Code.Ldelema or (>= Code.Ldelem_I1 and <= Code.Ldelem_R8) } => "The array element",
        _ => "The expression",
    };

    /// <summary>Of what a dying process said, the stack trace tells of our own code more than of the user's.</summary>
    private static string Sentence(string? text)
    {
        const string Died = "the process died: ";
        var said = (text ?? "for a reason it did not say").Replace("\r", "").Replace('\n', ' ');
        var trace = said.StartsWith(Died, StringComparison.Ordinal) ? new[] { " Repeated ", " at " }.Select(mark => said.IndexOf(mark, StringComparison.Ordinal)).Where(index => index > 0).DefaultIfEmpty(said.Length).Min() : said.Length;
        return said.Substring(0, trace).TrimEnd('.', ' ');
    }
}
