using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using Mono.Cecil;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// Executes build-time nodes in the worker, as few slices as possible. A slice that fails has not happened: the part before the failing step
/// runs again, that step is left to run time with what depends on it, and the rest runs on. Where the step is not known, halves are tried.
/// </summary>
internal sealed class SliceRunner(IEvaluator evaluator, ModuleDefinition module, Action<BuildNode, SliceResult> onFailure)
{
    private int slices;

    public void Run(IReadOnlyList<BuildNode> nodes, BuildProgram program)
    {
        var wanted = nodes.Where(node => node.State == BuildState.Pending && !node.IsLocal).ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        var runnable = Runnable(program.Closure(wanted));
        var open = runnable.Where(node => !node.IsLocal && node.State == BuildState.Pending).ToList();
        if (open.Count == 0)
        {
            return;
        }

        // What is vouched for runs in one worker only: nothing else may share its slice.
        if (open.Count > 1 && open.FirstOrDefault(node => AtBuildCall.Is(node.Instruction)) is { } vouched)
        {
            Run([.. open.Where(node => node.Order < vouched.Order)], program);
            Run([vouched], program);
            Run([.. open.Where(node => node.Order > vouched.Order)], program);
            return;
        }

        var writer = new SliceWriter(module, program, $"GraphWeaver.Slice{Guid.NewGuid():N}");
        var slice = writer.Write(runnable, $"slice {slices++} of {program.Bound.Method.Name}") with { IsVouchedFor = AtBuildCall.Is(open[0].Instruction) };
        var result = evaluator.Execute(slice);
        switch (result.Outcome)
        {
            case Outcome.Completed:
                Record(writer.Outputs, runnable, result);
                break;
            case Outcome.Unavailable:
                onFailure(runnable[0], result);
                runnable.ForEach(Fail);
                break;
            case var _ when result.Outcome != Outcome.Differed && result.FailedStep >= 0 && result.FailedStep < runnable.Count && runnable[result.FailedStep].State == BuildState.Pending:
                var failed = runnable[result.FailedStep];
                Run([.. open.Where(node => node.Order < failed.Order)], program);
                onFailure(failed, result);
                Fail(failed);
                Run([.. open.Where(node => node.Order > failed.Order)], program);
                break;
            case var _ when open.Count == 1:
                onFailure(open[0], result);
                runnable.ForEach(Fail);
                break;
            default:
                var half = open.Count / 2;
                Run(open.GetRange(0, half), program);
                Run(open.GetRange(half, open.Count - half), program);
                break;
        }
    }

    /// <summary>Fetches what objects hold by now: a later slice may have written to them. False when that cannot be told.</summary>
    public bool Refresh(IReadOnlyList<BuildNode> nodes)
    {
        if (nodes.Count == 0)
        {
            return true;
        }

        var result = evaluator.Read([.. nodes.Select(node => node.Value!.Handle)]);
        if (result.Outcome != Outcome.Completed)
        {
            return false;
        }

        for (var i = 0; i < nodes.Count; i++)
        {
            nodes[i].Value = result.Outputs[i];
        }

        return true;
    }

    /// <summary>Nodes whose inputs are there; a node that needs a failed one, or memory a failed one should have written, fails with it.</summary>
    private static List<BuildNode> Runnable(IReadOnlyList<BuildNode> closure)
    {
        var runnable = new List<BuildNode>();
        foreach (var node in closure)
        {
            if (node.State == BuildState.Failed || node.Touched.Any(group => group.IsSpoiled) || node.Inputs.Any(input => input.State == BuildState.Failed))
            {
                Fail(node);
            }
            else
            {
                runnable.Add(node);
            }
        }

        return runnable;
    }

    private static void Fail(BuildNode node)
    {
        if (node.State == BuildState.Pending)
        {
            node.State = BuildState.Failed;
            foreach (var group in node.Writes)
            {
                group.Spoil();
            }
        }
    }

    private static void Record(IReadOnlyList<BuildNode> outputs, IEnumerable<BuildNode> executed, SliceResult result)
    {
        foreach (var node in executed)
        {
            node.State = BuildState.Done;
        }

        for (var i = 0; i < outputs.Count; i++)
        {
            outputs[i].Value = result.Outputs[i];
            outputs[i].Literal = Literals.From(result.Outputs[i], outputs[i].Instruction.Type!);
        }
    }
}
