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

        var runnable = Runnable(program.Closure(wanted), program);
        if (runnable.All(node => node.IsLocal))
        {
            return;
        }

        // What is vouched for runs in one worker only: nothing else may share its slice.
        var vouched = runnable.FindIndex(node => AtBuildCall.Is(node.Instruction));
        if (vouched >= 0 && runnable.Count(node => !node.IsLocal) > 1)
        {
            Run(runnable.GetRange(0, vouched), program);
            Run([runnable[vouched]], program);
            Run(runnable.GetRange(vouched + 1, runnable.Count - vouched - 1), program);
            return;
        }

        var writer = new SliceWriter(module, program, $"GraphWeaver.Slice{Guid.NewGuid():N}");
        var slice = writer.Write(runnable, $"slice {slices++} of {program.Bound.Method.Name}") with { IsVouchedFor = vouched >= 0 };
        var result = evaluator.Execute(slice);
        switch (result.Outcome)
        {
            case Outcome.Completed:
                Record(writer.Outputs, runnable, result);
                break;
            case Outcome.Unavailable:
                onFailure(runnable[0], result);
                runnable.ForEach(node => Fail(node, program));
                break;
            case var _ when result.FailedStep >= 0 && result.FailedStep < runnable.Count && result.Outcome != Outcome.Differed:
                Run(runnable.GetRange(0, result.FailedStep), program);
                onFailure(runnable[result.FailedStep], result);
                Fail(runnable[result.FailedStep], program);
                Run(runnable.GetRange(result.FailedStep + 1, runnable.Count - result.FailedStep - 1), program);
                break;
            case var _ when runnable.Count(node => !node.IsLocal) == 1:
                onFailure(runnable.First(node => !node.IsLocal), result);
                runnable.ForEach(node => Fail(node, program));
                break;
            default:
                var half = runnable.Count / 2;
                Run(runnable.GetRange(0, half), program);
                Run(runnable.GetRange(half, runnable.Count - half), program);
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
    private static List<BuildNode> Runnable(IReadOnlyList<BuildNode> closure, BuildProgram program)
    {
        var runnable = new List<BuildNode>();
        foreach (var node in closure)
        {
            if (node.State == BuildState.Failed || program.IsSpoiled(node) || node.Instruction.Inputs.Select(program.NodeOf).OfType<BuildNode>().Any(input => input.State == BuildState.Failed))
            {
                Fail(node, program);
            }
            else
            {
                runnable.Add(node);
            }
        }

        return runnable;
    }

    private static void Fail(BuildNode node, BuildProgram program)
    {
        if (node.State == BuildState.Pending)
        {
            node.State = BuildState.Failed;
            if (node.Mutates)
            {
                program.Spoil(node);
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
