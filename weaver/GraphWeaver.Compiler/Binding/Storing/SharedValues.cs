namespace GraphWeaver.Compiler.Binding.Storing;

/// <summary>Nodes whose values have objects in common, in program order, most often one alone.</summary>
internal sealed record SharedValues(IReadOnlyList<BuildNode> Nodes, bool CanBeMadeTogether);
