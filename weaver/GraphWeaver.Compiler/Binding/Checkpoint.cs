using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Binding;

/// <summary>The state of the bound function before a loop is walked on trial, and the way back to it.</summary>
internal sealed class Checkpoint
{
    private readonly BuildProgram program;
    private readonly List<(BasicBlock Block, int Length, Terminator Terminator)> open;
    private readonly List<BuildNode> frozen = [];
    private readonly int blocks;
    private readonly BuildProgram.Mark mark;

    public Checkpoint(BuildProgram program, IEnumerable<BasicBlock> open)
    {
        this.program = program;
        this.open = [.. open.Distinct().Select(block => (block, block.Instructions.Count, block.Terminator?.CopyWith(block.Terminator.Inputs, block.Terminator.Targets)!))];
        blocks = program.Bound.Blocks.Count;
        mark = program.Save();
    }

    /// <summary>How many nodes there were.</summary>
    public int Nodes => mark.Nodes;

    /// <summary>What the walk has found that run-time code will have seen before the place is reached again.</summary>
    public void FreezeOnRestore(IEnumerable<BuildNode> nodes) => frozen.AddRange(nodes);

    /// <summary>Takes back everything done since.</summary>
    public void Restore()
    {
        program.Bound.Blocks.RemoveRange(blocks, program.Bound.Blocks.Count - blocks);
        foreach (var (block, length, terminator) in open)
        {
            block.Instructions.RemoveRange(length, block.Instructions.Count - length);
            block.Terminator = terminator?.CopyWith(terminator.Inputs, terminator.Targets)!;
        }

        program.Restore(mark);
        frozen.ForEach(node => node.Memory!.Freeze());
    }
}
