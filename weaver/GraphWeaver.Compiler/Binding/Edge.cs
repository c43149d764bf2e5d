using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// A way into a source block: the bound block that leaves for it, through which target (-1: by running on), from which source block, in
/// which state.
/// </summary>
internal sealed record Edge(BasicBlock From, int Target, BasicBlock Origin, WalkState State)
{
    /// <summary>Whether it has entered the copy of the <c>try</c> it leads into.</summary>
    public bool IsInside { get; init; }
}
