using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>A call recognised as a table operator whose tensor operands are known.</summary>
internal sealed class TensorOperation
{
    private readonly IReadOnlyList<TensorMemory?> memory;

    private TensorOperation(Instruction call, OperatorMatch match, IReadOnlyList<TensorMemory?> memory)
    {
        Call = call;
        Match = match;
        this.memory = memory;
        KeepsDimensions = FlagOf(call, match) ?? false;
        Conversions = memory.OfType<TensorMemory>().SelectMany(operand => operand.Conversions).Distinct().ToList();
    }

    public Instruction Call { get; }

    public OperatorMatch Match { get; }

    /// <summary>The conversions of tensors to spans, and the taking of their addresses, that the call's arguments go through.</summary>
    public IReadOnlyList<Instruction> Conversions { get; }

    public bool IsReduction => Match.Row.Kind == OperatorKind.Reduction;

    /// <summary>Whether a kernel with it goes over its elements row by row.</summary>
    public bool IsByRow => Match.Row.Kind is OperatorKind.RowReduction or OperatorKind.Composite;

    /// <summary>Whether a row reduction keeps the reduced dimension with length 1.</summary>
    public bool KeepsDimensions { get; }

    /// <summary>Whether the result fits into no operator of the same kernel.</summary>
    public bool EndsKernel => IsReduction || (Match.Row.Kind == OperatorKind.RowReduction && !KeepsDimensions);

    /// <summary>What the operator writes to; null where it returns a new value.</summary>
    public TensorMemory? Destination => Match.Destination is { } parameter ? memory[parameter] : null;

    /// <summary>Whether eager may throw on some values, so that a kernel with it may give up midway.</summary>
    public bool MayGiveUp => Match.Row.CheckFor(Match.ElementType) is not null;

    /// <summary>Everything the operator reads or writes.</summary>
    public IEnumerable<TensorMemory> Memory => memory.OfType<TensorMemory>();

    /// <summary>The tensor operand at a parameter the operator reads; null where it is a scalar.</summary>
    public TensorMemory? TensorAt(int parameter) => memory[parameter];

    /// <summary>
    /// The operation a call is, or null when it is none that a kernel can hold. <paramref name="used"/>: the values that anything uses; a destination form
    /// whose result is used gives its destination's address back and is none. <paramref name="current"/>: the copies of spans that still are what
    /// they were made from.
    /// </summary>
    public static TensorOperation? Recognise(Instruction instruction, ICollection<Value> used, ICollection<Instruction> current)
    {
        if (instruction.Code != Code.Call || OperatorTable.Find(instruction.Method!) is not { Row.Kind: not (OperatorKind.Contraction or OperatorKind.Call) } match
            || (match.Roles.Contains(OperandRole.Flag) && FlagOf(instruction, match) is null)
            || (match.Form == OperatorForm.Destination && used.Contains(instruction)))
        {
            return null;
        }

        var memory = instruction.Inputs.Select((input, position) => match.Roles[position] switch
        {
            OperandRole.Tensor => TensorMemory.OfTensor(input),
            OperandRole.TensorSpan => TensorMemory.OfAddress(input, current),
            _ => null,
        }).ToList();
        var isKnown = memory.Select((operand, position) => operand is not null || match.Roles[position] is OperandRole.Scalar or OperandRole.Flag).All(known => known);
        return isKnown ? new TensorOperation(instruction, match, memory) : null;
    }

    /// <summary>The constant an operator's flag is; null where it has none, or one that is known at run time only.</summary>
    private static bool? FlagOf(Instruction call, OperatorMatch match) =>
        Enumerable.Range(0, call.Inputs.Count).Where(position => match.Roles[position] == OperandRole.Flag)
            .Select(position => call.Inputs[position] is Constant { Literal: int flag } ? flag != 0 : (bool?)null).FirstOrDefault();
}
