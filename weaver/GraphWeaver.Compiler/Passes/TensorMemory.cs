using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Kernels;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// The elements an operator reads or writes, named by the value that leads to them: a tensor, a span, or the address of a span. Equal keys
/// mean the same elements; different keys may still share memory, which only the running program can tell.
/// </summary>
internal sealed class TensorMemory
{
    private readonly Value? value;
    private readonly Value? address;

    private TensorMemory(object key, Value? value, Value? address, InputKind kind, IReadOnlyList<Instruction> conversions)
    {
        Key = key;
        this.value = value;
        this.address = address;
        Kind = kind;
        Conversions = conversions;
    }

    public object Key { get; }

    /// <summary>How a kernel takes it.</summary>
    public InputKind Kind { get; }

    /// <summary>The conversions of tensors to spans, and the taking of their addresses, that lie between the value and the operator.</summary>
    public IReadOnlyList<Instruction> Conversions { get; }

    public static TensorMemory OfTensor(Value tensor) => new(tensor, tensor, null, InputKind.Tensor, []);

    /// <summary>What a span argument, which is an address, leads to; null where its type is unknown.</summary>
    /// <param name="address">The argument.</param>
    /// <param name="current">The copies of spans that surely are still what the span is they were made from.</param>
    public static TensorMemory? OfAddress(Value address, ICollection<Instruction> current) => OfAddress(address, current, []);

    /// <summary>What a kernel is given for it; where that is the address of a value, its taking is added to <paramref name="block"/>.</summary>
    public Value Argument(BasicBlock block, SequencePoint? location)
    {
        if (address is not null || Kind == InputKind.Tensor)
        {
            return address ?? value!;
        }

        var taken = new Instruction(Code.Ldloca, null, new ByReferenceType(value!.Type), [value]) { Location = location };
        block.Instructions.Add(taken);
        return taken;
    }

    private static TensorMemory? OfAddress(Value address, ICollection<Instruction> current, List<Instruction> conversions)
    {
        switch (address)
        {
            case Instruction { IsAddressOfValue: true } taken:
                conversions.Add(taken);
                return OfSpan(taken.Inputs[0], current, conversions);
            case Instruction { Code: Code.Ldloca, Operand: Slot slot }:
                return KindOf(slot.Type) is { } ofSlot ? new TensorMemory(slot, null, address, ofSlot, conversions) : null;
            default:
                return address.Type is not null && StackTypes.Underlying(address.Type) is ByReferenceType reference && KindOf(reference.ElementType) is { } kind
                    ? new TensorMemory(address, null, address, kind, conversions)
                    : null;
        }
    }

    private static TensorMemory? OfSpan(Value span, ICollection<Instruction> current, List<Instruction> conversions)
    {
        if (span is Instruction conversion && TensorSpans.IsConversionOfTensor(conversion))
        {
            conversions.Add(conversion);
            return new TensorMemory(conversion.Inputs[0], conversion.Inputs[0], null, InputKind.Tensor, conversions);
        }

        if (span is Instruction copy && TensorSpans.IsConversionOfSpan(copy) && (current.Contains(copy) || copy.Inputs[0] is Instruction { IsAddressOfValue: true }))
        {
            conversions.Add(copy);
            return OfAddress(copy.Inputs[0], current, conversions);
        }

        return KindOf(span.Type!) is { } kind ? new TensorMemory(span, span, null, kind, conversions) : null;
    }

    private static InputKind? KindOf(TypeReference type) => !TensorSpans.IsSpan(type) ? null
        : TensorSpans.IsReadOnly(type) ? InputKind.ReadOnlySpan
        : InputKind.Span;
}
