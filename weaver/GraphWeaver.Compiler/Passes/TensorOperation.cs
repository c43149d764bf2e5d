using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>A call recognised as a table operator whose tensor operands are known.</summary>
internal sealed class TensorOperation
{
    private static readonly IReadOnlyList<OperandRole> RolesOfCopy = [OperandRole.TensorSpan, OperandRole.TensorSpan];
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

    /// <summary>The views, the conversions of tensors to spans, and the taking of their addresses, that the call's arguments go through.</summary>
    public IReadOnlyList<Instruction> Conversions { get; }

    public bool IsContraction => Match.Row.Kind == OperatorKind.Contraction;

    public bool IsReduction => Match.Row.IsReduction;

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

    /// <summary>Everything the operator reads.</summary>
    public IEnumerable<TensorMemory> Operands => memory.Take(Match.OperandCount).OfType<TensorMemory>();

    /// <summary>The keys of what has the shape of the operator's elements, its result among them; the matrices of a contraction have shapes of their own.</summary>
    public IEnumerable<object> OneShape => IsContraction ? [Call] : Memory.Select(operand => operand.Key).Append(Call);

    /// <summary>The tensor operand at a parameter the operator reads; null where it is a scalar.</summary>
    public TensorMemory? TensorAt(int parameter) => memory[parameter];

    /// <summary>Whether it gives its operand on as it is.</summary>
    public bool IsCopy => Match.Row == WriteTable.Copy;

    /// <summary>
    /// The operation a call is, or null when it is none that a kernel can hold. <paramref name="used"/>: the values that anything uses; a destination form
    /// whose result is used gives its destination's address back and is none.
    /// </summary>
    public static TensorOperation? Recognise(Instruction instruction, ICollection<Value> used, ViewScope scope)
    {
        if (instruction.Code is Code.Call or Code.Callvirt && WriteTable.Find(instruction.Method!) is { } write)
        {
            return used.Contains(instruction) ? null : RecogniseWrite(instruction, write, scope);
        }

        if (instruction.Code != Code.Call || OperatorTable.Find(instruction.Method!) is not { Row.Kind: not (OperatorKind.Call or OperatorKind.Move) } match
            || (match.Roles.Contains(OperandRole.Flag) && FlagOf(instruction, match) is null)
            || (match.ReturnsDestination && used.Contains(instruction)))
        {
            return null;
        }

        var memory = instruction.Inputs.Select((input, position) => match.Roles[position] switch
        {
            OperandRole.Tensor when match.Row.Kind == OperatorKind.Contraction => TensorMemory.OfObject(input),
            OperandRole.Tensor => TensorMemory.OfTensor(input, scope),
            OperandRole.TensorSpan => TensorMemory.OfAddress(input, scope),
            _ => null,
        }).ToList();
        var isKnown = memory.Select((operand, position) => operand is not null || match.Roles[position] is OperandRole.Scalar or OperandRole.Flag).All(known => known);
        return isKnown ? new TensorOperation(instruction, match, memory) : null;
    }

    /// <summary>The constant an operator's flag is; null where it has none, or one that is known at run time only.</summary>
    private static bool? FlagOf(Instruction call, OperatorMatch match) =>
        Enumerable.Range(0, match.Roles.Count).Where(position => match.Roles[position] == OperandRole.Flag)
            .Select(position => call.Inputs[position] is Constant { Literal: int flag } ? flag != 0 : (bool?)null).FirstOrDefault();

    private static TensorOperation? RecogniseWrite(Instruction call, WriteRow write, ViewScope scope)
    {
        var destination = MemoryOf(call.Inputs[write.Destination], scope);
        if (write.Ranges is { } ranges)
        {
            destination = scope.SliceAt(call.Inputs[ranges], call.Inputs[write.Destination]) is { } slice ? destination?.Through(slice) : null;
        }

        return WriteTable.ElementOf(call.Method!) is { } element && destination is not null && MemoryOf(call.Inputs[write.Source], scope) is { } source
            ? new TensorOperation(
                call, new OperatorMatch(WriteTable.Copy, element, element, RolesOfCopy, [element, element], OperatorForm.Destination), [source, destination])
            : null;
    }

    private static TensorMemory? MemoryOf(Value argument, ViewScope scope) =>
        StackTypes.KindOf(argument.Type!) == StackKind.Reference ? TensorMemory.OfTensor(argument, scope) : TensorMemory.OfAddress(argument, scope);
}
