using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Binding;

/// <summary>The state of the bound function before a loop is unrolled on trial, and the way back to it.</summary>
internal sealed class Checkpoint
{
    private readonly BuildProgram program;
    private readonly List<(BasicBlock Block, int Length, Terminator Terminator)> open;
    private readonly int blocks;
    private readonly int segment;
    private readonly BuildProgram.Mark mark;

    public Checkpoint(BuildProgram program, IEnumerable<BasicBlock> open, int segment)
    {
        this.program = program;
        this.segment = segment;
        this.open = [.. open.Distinct().Select(block => (block, block.Instructions.Count, block.Terminator))];
        blocks = program.Bound.Blocks.Count;
        mark = program.Save();
    }

    /// <summary>Takes back everything done since, and gives the segment of then.</summary>
    public int Restore()
    {
        program.Bound.Blocks.RemoveRange(blocks, program.Bound.Blocks.Count - blocks);
        foreach (var (block, length, terminator) in open)
        {
            block.Instructions.RemoveRange(length, block.Instructions.Count - length);
            block.Terminator = terminator;
        }

        program.Restore(mark);
        return segment;
    }
}
