using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>A call recognised as a view whose operands are known.</summary>
/// <param name="Row">Which view it is.</param>
/// <param name="Source">What it is a view of: a tensor, or the address of a span.</param>
/// <param name="Operands">Ranges, numbers or a dimension, in order.</param>
/// <param name="Instructions">What makes it: the span of its operands and the call.</param>
internal sealed record TensorView(ViewRow Row, Value Source, IReadOnlyList<Value> Operands, IReadOnlyList<Instruction> Instructions)
{
    /// <summary>Equal for equal views of what has equal keys.</summary>
    public object KeyOn(object source) => new Term(Row.Name, [source, .. Operands.Select(Term.Of)]);
}
