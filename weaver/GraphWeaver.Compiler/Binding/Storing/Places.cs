using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>Where the build's instructions stand in the bound function: which place comes before which, and which run-time loops repeat it.</summary>
internal sealed class Places
{
    private readonly Dictionary<BuildNode, BasicBlock> blocks;
    private readonly ControlFlow flow;
    private readonly IReadOnlyList<Loop> loops;

    public Places(BuildProgram program)
    {
        blocks = program.Bound.Blocks.SelectMany(block => block.Instructions.Select(program.NodeOf).OfType<BuildNode>().Select(node => (node, block)))
            .ToDictionary(entry => entry.node, entry => entry.block);
        flow = new ControlFlow(program.Bound.Entry);
        var forest = new LoopForest(flow);
        loops = [.. flow.ReversePostOrder.Select(forest.HeadedBy).OfType<Loop>()];
    }

    /// <summary>Whether the first, which is older, has run whenever the second does.</summary>
    public bool ComesBefore(BuildNode first, BuildNode second) =>
        blocks.TryGetValue(first, out var before) && blocks.TryGetValue(second, out var after) && flow.Dominates(before, after);

    /// <summary>Whether a loop repeats the inner place and not the outer one. The box of a local has no place: what it holds has.</summary>
    public bool IsRepeatedMore(BuildNode inner, BuildNode outer) =>
        blocks.TryGetValue(inner, out var place) && blocks.TryGetValue(outer, out var other) && loops.Any(loop => loop.Contains(place) && !loop.Contains(other));
}
