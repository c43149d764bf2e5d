using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Binding;

/// <summary>The edges that leave a region: back to its header, and out of it.</summary>
internal sealed class Departures
{
    public List<Edge> Back { get; } = [];

    public List<(BasicBlock Target, Edge Edge)> Out { get; } = [];

    /// <summary>Whether a constant has decided against an exit: such a loop comes to its end by itself.</summary>
    public bool HasDecidedExit { get; set; }
}
