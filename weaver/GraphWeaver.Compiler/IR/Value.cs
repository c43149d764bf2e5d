using Mono.Cecil;

namespace GraphWeaver.Compiler.IR;

/// <summary>
/// Something an instruction can use: a constant, an argument, a phi, a caught exception or an instruction's result.
/// <see cref="Type"/> is the precise IL type; arithmetic works on its stack type (see <see cref="StackTypes"/>).
/// </summary>
public abstract class Value
{
    protected Value(TypeReference? type) => Type = type;

    /// <summary>The value's IL type, or null for an instruction without result.</summary>
    public TypeReference? Type { get; set; }

    /// <summary>The variable of the user's that this is a value of, for debuggers; null where there is none.</summary>
    public string? Variable { get; set; }
}

/// <summary>
/// A literal: <see cref="int"/>, <see cref="long"/>, <see cref="float"/>, <see cref="double"/>, <see cref="string"/>, null for the null
/// reference, or <see cref="Zero"/> for the zero-initialised value of a structure.
/// </summary>
public sealed class Constant(object? literal, TypeReference type) : Value(type)
{
    /// <summary>The literal of a zero-initialised value that has no IL literal.</summary>
    public static readonly object Zero = new();

    public object? Literal { get; } = literal;
}

/// <summary>A parameter's value at entry; index 0 is <c>this</c> in an instance method.</summary>
public sealed class Argument(int index, string name, TypeReference type) : Value(type)
{
    public int Index { get; } = index;

    public string Name { get; } = name;
}

/// <summary>What the evaluation stack holds where a <c>catch</c> or a filter begins.</summary>
public sealed class CaughtException(TypeReference type) : Value(type);

/// <summary>The merge of one value per predecessor, at the head of a block.</summary>
public sealed class Phi(BasicBlock block, TypeReference? type) : Value(type)
{
    public BasicBlock Block { get; set; } = block;

    /// <summary>One operand for each predecessor edge.</summary>
    public List<PhiOperand> Operands { get; } = [];

    public Value OperandFrom(BasicBlock predecessor) => Operands.First(operand => operand.Predecessor == predecessor).Value;
}

/// <summary>The value a phi takes when control comes from <paramref name="Predecessor"/>.</summary>
public sealed record PhiOperand(BasicBlock Predecessor, Value Value);
