using GraphWeaver.Compiler.Diagnostics;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Reporting;
using GraphWeaver.Compiler.Weaving;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// After binding: each <c>Graph.AtBuild</c> that is left in the function was not executed, which is an error with its reason (GW2003); those that
/// were have named their input files, which become inputs of the build. Made after the walk, before anything of it is rewritten.
/// </summary>
internal sealed class AtBuildCheck(Function bound, BuildProgram program, BindingNotes notes, WeavingSession session, GraphSettings settings, MethodReport report)
{
    /// <summary>The named files of each call, read while the instructions that make the array still stand.</summary>
    private readonly Dictionary<Instruction, IReadOnlyList<string>?> inputsOf = Read(bound, program);

    /// <summary>To be called when nothing more becomes of the function.</summary>
    public void Run()
    {
        foreach (var site in inputsOf.Keys.GroupBy(call => call.Site))
        {
            if (site.Select(Obstacle).FirstOrDefault(reason => reason is not null) is { } reason)
            {
                report.Diagnostics.Add(AtBuildCall.Failure(reason, SourceLocation.From(site.First().Location)));
            }
        }
    }

    private static Dictionary<Instruction, IReadOnlyList<string>?> Read(Function bound, BuildProgram program)
    {
        var instructions = program.Nodes.Select(node => node.Instruction).Concat(bound.Instructions).Distinct().ToList();
        return instructions.Where(AtBuildCall.Is).ToDictionary(call => call, call => AtBuildCall.Inputs(call, instructions, program.Literal));
    }

    private string? Obstacle(Instruction call)
    {
        if (settings.Fallback == FallbackPolicy.Off)
        {
            return "fallback is Off, so nothing is executed in the build";
        }

        if (inputsOf[call] is not { } inputs)
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

        if (notes.AtBuildFailures.TryGetValue(call.Site, out var failure))
        {
            return failure;
        }

        if (!bound.Instructions.Contains(call))
        {
            return null;
        }

        return program.NodeOf(call) is { State: not BuildState.Failed } node
            ? $"its value, {node.Value?.Display ?? MethodNames.Short(call.Type!)}, cannot be stored in the assembly"
            : new Origins(bound, new SourceNames(), new SlotStores(bound), session.Purity).OfCaptures(call, 0) is { } way
                ? $"its function is not constant: {way}"
                : "its function is not one that the build can execute";
    }
}
