using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// What a value is computed from, compared by structure: two values of equal terms are equal wherever both are known. Only what depends on its
/// inputs alone is looked into; every other value is its own term.
/// </summary>
internal sealed class Term(object head, IReadOnlyList<object> parts) : IEquatable<Term>
{
    private readonly object head = head;
    private readonly IReadOnlyList<object> parts = parts;

    public static object Of(Value value) => value switch
    {
        Constant { Literal: { } literal } constant => new Term(literal, [constant.Type!.FullName]),
        Instruction { Code: (>= Code.Conv_I1 and <= Code.Conv_U8) or Code.Conv_I or Code.Conv_U or Code.Add or Code.Sub or Code.Mul } operation =>
            new Term(operation.Code, [.. operation.Inputs.Select(Of)]),
        Instruction { IsCall: true } call when IndexArithmetic.IsTotal(call) || IndexArithmetic.TakesNonNegative(call) => new Term(call.Method!.FullName, [.. call.Inputs.Select(Of)]),
        _ => value,
    };

    public bool Equals(Term? other) => other is not null && head.Equals(other.head) && parts.SequenceEqual(other.parts);

    public override bool Equals(object? other) => Equals(other as Term);

    public override int GetHashCode() => parts.Aggregate(head.GetHashCode(), (hash, part) => unchecked((hash * 31) + part.GetHashCode()));
}
