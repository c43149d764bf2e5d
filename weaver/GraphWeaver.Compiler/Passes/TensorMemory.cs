using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Kernels;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// The elements an operator reads or writes, named by the value that leads to them, a tensor, a span, or the address of a span, and the views
/// taken of it. Equal keys mean the same elements; different keys may still share memory, which only the running program can tell.
/// </summary>
internal sealed class TensorMemory
{
    private readonly Value? value;
    private readonly Value? address;

    private TensorMemory(object key, Value? value, Value? address, InputKind kind, IReadOnlyList<Instruction> conversions)
    {
        Key = Base = key;
        this.value = value;
        this.address = address;
        Kind = kind;
        Conversions = conversions;
    }

    private TensorMemory(TensorMemory source, TensorView view, IEnumerable<Instruction> conversions)
        : this(source.Base, source.value, source.address, source.Kind, [.. conversions, .. source.Conversions, .. view.Instructions])
    {
        Key = view.KeyOn(source.Key);
        Views = [.. source.Views, view];
    }

    public object Key { get; }

    /// <summary>The key of what it is a view of; its own where it is no view.</summary>
    public object Base { get; }

    /// <summary>The views from <see cref="Base"/> on, in order.</summary>
    public IReadOnlyList<TensorView> Views { get; } = [];

    /// <summary>How a kernel takes it.</summary>
    public InputKind Kind { get; }

    /// <summary>The views, the conversions of tensors to spans, and the taking of their addresses, that lie between the value and the operator.</summary>
    public IReadOnlyList<Instruction> Conversions { get; }

    /// <summary>A tensor argument taken as the object it is, view or not.</summary>
    public static TensorMemory OfObject(Value tensor) => new(tensor, tensor, null, InputKind.Tensor, []);

    /// <summary>What a tensor argument leads to.</summary>
    public static TensorMemory OfTensor(Value tensor, ViewScope scope) => OfTensor(tensor, scope, []);

    /// <summary>What a span argument, which is an address, leads to; null where its type is unknown.</summary>
    public static TensorMemory? OfAddress(Value address, ViewScope scope) => OfAddress(address, scope, []);

    /// <summary>What a view of it leads to.</summary>
    public TensorMemory Through(TensorView view) => view.Operands.Count > 0 ? new(this, view, []) : this;

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

    private static TensorMemory OfTensor(Value tensor, ViewScope scope, List<Instruction> conversions) =>
        OfView(tensor, scope, conversions) ?? new(tensor, tensor, null, InputKind.Tensor, conversions);

    private static TensorMemory? OfView(Value value, ViewScope scope, IEnumerable<Instruction> conversions) =>
        scope.Find(value) is { } view
            && (StackTypes.KindOf(view.Source.Type!) == StackKind.Reference ? OfTensor(view.Source, scope) : OfAddress(view.Source, scope)) is { } source
            ? new TensorMemory(source, view, conversions)
            : null;

    private static TensorMemory? OfAddress(Value address, ViewScope scope, List<Instruction> conversions)
    {
        switch (address)
        {
            case Instruction { IsAddressOfValue: true } taken:
                conversions.Add(taken);
                return OfSpan(taken.Inputs[0], scope, conversions);
            case Instruction { Code: Code.Ldloca, Operand: Slot slot }:
                return KindOf(slot.Type) is { } ofSlot ? new TensorMemory(slot, null, address, ofSlot, conversions) : null;
            default:
                return address.Type is not null && StackTypes.Underlying(address.Type) is ByReferenceType reference && KindOf(reference.ElementType) is { } kind
                    ? new TensorMemory(address, null, address, kind, conversions)
                    : null;
        }
    }

    private static TensorMemory? OfSpan(Value span, ViewScope scope, List<Instruction> conversions)
    {
        if (span is Instruction conversion && TensorSpans.IsConversionOfTensor(conversion))
        {
            conversions.Add(conversion);
            return OfTensor(conversion.Inputs[0], scope, conversions);
        }

        if (span is Instruction copy && TensorSpans.IsConversionOfSpan(copy) && (scope.IsCurrent(copy) || copy.Inputs[0] is Instruction { IsAddressOfValue: true }))
        {
            conversions.Add(copy);
            return OfAddress(copy.Inputs[0], scope, conversions);
        }

        return OfView(span, scope, conversions)
            ?? (KindOf(span.Type!) is { } kind ? new TensorMemory(span, span, null, kind, conversions) : null);
    }

    private static InputKind? KindOf(TypeReference type) => !TensorSpans.IsSpan(type) ? null
        : TensorSpans.IsReadOnly(type) ? InputKind.ReadOnlySpan
        : InputKind.Span;
}
