namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// A row as other rows: <c>Dot</c> is the <c>Sum</c> of <c>Multiply</c>. What those share with the rest of a kernel is computed once, and no
/// emitter knows the composed row.
/// </summary>
/// <param name="Map">The element-wise row the operands go through first; null where the one operand is taken as it is.</param>
/// <param name="IsSquared">Whether that is then multiplied by itself.</param>
/// <param name="Reduction">The row that makes one scalar of it.</param>
public sealed record OperatorComposition(string? Map, bool IsSquared, string Reduction);
