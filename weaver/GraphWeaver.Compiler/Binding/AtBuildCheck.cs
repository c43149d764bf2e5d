using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.Compiler.Weaving;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// After binding: each <c>Graph.AtBuild</c> that is left in the function was not executed, which is an error with its reason (GW2003); those that
/// were have named their input files, which become inputs of the build.
/// </summary>
internal sealed class AtBuildCheck(Function bound, BuildProgram program, BindingNotes notes, WeavingSession session, GraphSettings settings, MethodReport report)
{
    public void Run()
    {
        var calls = program.Nodes.Select(node => node.Instruction).Concat(bound.Instructions).Where(AtBuildCall.Is).Distinct();
        foreach (var site in calls.GroupBy(call => call.Offset))
        {
            if (site.Select(Obstacle).FirstOrDefault(reason => reason is not null) is { } reason)
            {
                report.Diagnostics.Add(AtBuildCall.Failure(reason, SourceLocation.From(site.First().Location)));
            }
        }
    }

    private string? Obstacle(Instruction call)
    {
        if (settings.Fallback == FallbackPolicy.Off)
        {
            return "fallback is Off, so nothing is executed in the build";
        }

        if (AtBuildCall.Inputs(call, program.Nodes.Select(node => node.Instruction).Concat(bound.Instructions), program.Literal) is not { } inputs)
        {
            return "its input files are not constant";
        }

        foreach (var input in inputs)
        {
            var path = Path.GetFullPath(Path.Combine(session.Options.ProjectDirectory, input));
            session.RecordInput(path);
            if (!File.Exists(path))
            {
                return $"its input file '{input}' is not in the project's folder";
            }
        }

        if (notes.AtBuildFailures.TryGetValue(call.Offset, out var failure))
        {
            return failure;
        }

        if (!bound.Instructions.Contains(call))
        {
            return null;
        }

        return program.NodeOf(call) is { State: not BuildState.Failed } node
            ? $"its value, {node.Value?.Display ?? MethodNames.Short(call.Type!)}, cannot be stored in the assembly"
            : new Origins(bound, new SourceNames(bound.Method), new SlotStores(bound), session.Purity).OfCaptures(call, 0) is { } way
                ? $"its function is not constant: {way}"
                : "its function is not one that the build can execute";
    }
}
