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
internal sealed class BuildNode(Instruction instruction, int order, IReadOnlyList<BuildNode> inputs)
{
    public Instruction Instruction { get; } = instruction;

    /// <summary>Its place in program order.</summary>
    public int Order { get; } = order;

    /// <summary>The nodes it needs, the life of the local it works on among them.</summary>
    public IReadOnlyList<BuildNode> Inputs { get; } = inputs;

    /// <summary>The memory its value lies in or refers to; null for values no code can change.</summary>
    public MemoryGroup? Memory { get; set; }

    /// <summary>The memory it writes to.</summary>
    public IReadOnlyList<MemoryGroup> Writes { get; set; } = [];

    /// <summary>A span or reference: it lives within one slice, and is made again in each slice that needs it.</summary>
    public bool IsView { get; init; }

    /// <summary>Whether it happens anew in each slice that needs it: views, and writes to locals of the slice.</summary>
    public bool IsLocal { get; set; }

    /// <summary>The local it works on, where it works on one.</summary>
    public SlotLife? Life { get; init; }

    /// <summary>Whether its value can be changed through a reference.</summary>
    public bool IsMutable => Memory is not null && !IsView;

    public bool Mutates => Writes.Count > 0;

    public BuildState State { get; set; }

    public BuildValue? Value { get; set; }

    /// <summary>The literal its value is, once known.</summary>
    public Constant? Literal { get; set; }

    /// <summary>The first of the objects that may share memory with this one.</summary>
    public BuildNode Group => Memory?.Owner ?? this;

    /// <summary>All memory it reads or writes.</summary>
    public IEnumerable<MemoryGroup> Touched => Inputs.Select(input => input.Memory).Append(Memory).OfType<MemoryGroup>().SelectMany(memory => memory.Reach());

    /// <summary>Whether its memory is still what the program's would be.</summary>
    public bool IsUsable => State != BuildState.Failed && Memory?.CanBeRead != false;
}
