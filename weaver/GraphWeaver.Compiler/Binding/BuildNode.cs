using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>What became of a build-time instruction so far.</summary>
internal enum BuildState
{
    /// <summary>Not executed yet.</summary>
    Pending,

    /// <summary>Executed; its value, if it has one, lives in the worker.</summary>
    Done,

    /// <summary>Not executed, or in vain: it stays run-time code.</summary>
    Failed,
}

/// <summary>
/// An instruction whose inputs are all known in the build (stage B). It stands in the bound function where the program has it, so that the
/// function is right whether or not the build executes it; execution only replaces or removes it.
/// </summary>
internal sealed class BuildNode(Instruction instruction, int order, bool isMutable, bool isView, bool mutates)
{
    private BuildNode? representative;

    public Instruction Instruction { get; } = instruction;

    /// <summary>Its place in program order.</summary>
    public int Order { get; } = order;

    /// <summary>Whether its value can be changed through a reference.</summary>
    public bool IsMutable { get; } = isMutable;

    /// <summary>A span or reference: it lives within one slice, and is made again in each slice that needs it.</summary>
    public bool IsView { get; } = isView;

    /// <summary>Whether it writes to objects it is given.</summary>
    public bool Mutates { get; } = mutates;

    /// <summary>The address of a local that holds, say, the inline array of a collection expression.</summary>
    public bool IsSlotAddress => Instruction.Operand is Slot;

    /// <summary>Whether it happens anew in each slice that needs it: views, and writes to locals of the slice.</summary>
    public bool IsLocal { get; set; } = isView;

    public BuildState State { get; set; }

    public BuildValue? Value { get; set; }

    /// <summary>The literal its value is, once known.</summary>
    public Constant? Literal { get; set; }

    /// <summary>The group of objects that may share memory with this one.</summary>
    public BuildNode Group
    {
        get
        {
            var root = this;
            while (root.representative is { } next)
            {
                root = next;
            }

            return root;
        }
    }

    /// <summary>Makes one group of two. The older representative stays, so that a trial taken back leaves no member of its own as one.</summary>
    public void JoinGroupOf(BuildNode other)
    {
        var (mine, others) = (Group, other.Group);
        if (mine.Order < others.Order)
        {
            others.representative = mine;
        }
        else if (mine != others)
        {
            mine.representative = others;
        }
    }
}
