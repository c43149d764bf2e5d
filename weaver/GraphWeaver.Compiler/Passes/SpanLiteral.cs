using GraphWeaver.Compiler.IR;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>A span whose elements are written where it is made: <c>[1..^1, ..n]</c> as an argument.</summary>
/// <param name="Span">The instruction whose result is the span.</param>
/// <param name="Elements">The elements in order.</param>
/// <param name="Instructions">What fills the span's memory and makes it, <paramref name="Span"/> included; none can fail or be seen.</param>
internal sealed record SpanLiteral(Instruction Span, IReadOnlyList<Value> Elements, IReadOnlyList<Instruction> Instructions);
