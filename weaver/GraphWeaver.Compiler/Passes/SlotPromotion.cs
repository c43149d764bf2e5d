using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Makes SSA values of memory slots whose address cannot be kept or written through: it reaches only <c>in</c> spans of table operators and views,
/// constructors, <c>initobj</c>, field reads and methods of read-only structures. Roslyn passes every span to an operator by such an address,
/// and in Release gives two spans one slot, so without this no chain of operators is visible.
/// A slot that an exception carries (<see cref="ExceptionalVariables"/>) stays.
/// Holds after: a promoted slot has no instruction left; where an address is still wanted, the IR has the address of a value.
/// </summary>
public sealed class SlotPromotion
{
    private readonly Function function;
    private readonly HashSet<Slot> promoted;
    private readonly Dictionary<Value, Slot> addresses;
    private readonly HashSet<Value> used;
    private readonly Dictionary<Value, Value> replacements = [];
    private readonly SsaBuilder ssa;
    private readonly ControlFlow flow;

    private SlotPromotion(Function function)
    {
        this.function = function;
        addresses = function.Instructions
            .Where(instruction => instruction is { Code: Code.Ldloca, Operand: Slot })
            .ToDictionary(instruction => (Value)instruction, instruction => (Slot)instruction.Operand!);
        used = [.. function.CountUses().Keys];
        promoted = [.. function.Slots.Where(IsWholeValue)];
        foreach (var slot in EscapingSlots())
        {
            promoted.Remove(slot);
        }

        flow = new ControlFlow(function.Entry);
        promoted.ExceptWith(ExceptionalVariables.Find(flow, Accesses).Cast<Slot>());
        ssa = new SsaBuilder(function, flow)
        {
            InitialValue = slot => Constants.Default(((Slot)slot).Type, function.Module),
            TypeOf = slot => ((Slot)slot).Type,
            NameOf = slot => ((Slot)slot).IsOfUser ? ((Slot)slot).Name : null,
        };
    }

    public static void Run(Function function)
    {
        if (function.Slots.Count > 0)
        {
            new SlotPromotion(function).Run();
        }
    }

    /// <summary>A store to a narrow integer truncates; such slots are rare and stay memory. So do pinned ones.</summary>
    private static bool IsWholeValue(Slot slot) =>
        !slot.IsPinned && (StackTypes.KindOf(slot.Type) != StackKind.Int32 || StackTypes.Underlying(slot.Type).MetadataType is MetadataType.Int32 or MetadataType.UInt32);

    private IEnumerable<Slot> EscapingSlots()
    {
        foreach (var block in function.Blocks)
        {
            foreach (var instruction in block.Instructions)
            {
                for (var i = 0; i < instruction.Inputs.Count; i++)
                {
                    if (addresses.TryGetValue(instruction.Inputs[i], out var slot) && !IsTransparentUse(instruction, i, slot))
                    {
                        yield return slot;
                    }
                }
            }

            var leaving = block.Terminator.Inputs.Concat(block.Phis.SelectMany(phi => phi.Operands).Select(operand => operand.Value));
            foreach (var slot in leaving.Where(addresses.ContainsKey).Select(value => addresses[value]))
            {
                yield return slot;
            }
        }
    }

    private bool IsTransparentUse(Instruction user, int position, Slot slot) => user.Code switch
    {
        Code.Initobj => true,
        Code.Ldfld => position == 0,
        Code.Ldobj => StackTypes.Same((TypeReference)user.Operand!, slot.Type) && !user.Prefixes.Volatile,
        Code.Call when IsConstructorOf(user, position, slot) => user.Inputs.Count(input => input == user.Inputs[0]) == 1,
        Code.Call when OperatorTable.Find(user.Method!) is { } match => match.Roles[position] == OperandRole.TensorSpan && !GivesAddressBack(user, match),
        Code.Call or Code.Callvirt when WriteTable.Find(user.Method!) is not null => !used.Contains(user) || StackTypes.KindOf(user.Method!.ReturnType) == StackKind.Reference,
        Code.Call or Code.Callvirt when ViewTable.Find(user.Method!) is not null => position == 0,
        Code.Call when TensorSpans.IsReader(user.Method!) => position == 0,
        Code.Call when TensorSpans.IsReadParameter(user.Method!, position) => true,
        Code.Call => position == 0 && user.Method!.HasThis && IsReadOnlyMember(user.Method),
        _ => false,
    };

    /// <summary>A destination form returns a reference to its destination: the address itself.</summary>
    private bool GivesAddressBack(Instruction call, OperatorMatch match) => match.ReturnsDestination && used.Contains(call);

    private static bool IsConstructorOf(Instruction call, int position, Slot slot) =>
        position == 0 && call.Method is { Name: ".ctor", HasThis: true } constructor && StackTypes.Same(constructor.DeclaringType, slot.Type);

    /// <summary>
    /// A read-only structure's method cannot write its receiver; one that returns neither a reference nor a ref struct cannot keep it, nor can a
    /// span, which refers to its elements and never to itself.
    /// </summary>
    private static bool IsReadOnlyMember(MethodReference method) =>
        method.DeclaringType.Resolve() is { } type
        && (IsMarkedReadOnly(type) || (method.Resolve() is { } definition && IsMarkedReadOnly(definition)))
        && (type.FullName is "System.Span`1" or "System.ReadOnlySpan`1"
            || (StackTypes.KindOf(method.ReturnType) != StackKind.ByReference && !IsByRefLike(method.ReturnType)));

    private static bool IsByRefLike(TypeReference type) => type.IsGenericParameter || (type.Resolve() is { } definition
        && definition.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "System.Runtime.CompilerServices.IsByRefLikeAttribute"));

    private static bool IsMarkedReadOnly(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "System.Runtime.CompilerServices.IsReadOnlyAttribute");

    /// <summary>An address is a read where it is used, but for what makes a new value.</summary>
    private IEnumerable<VariableAccess> Accesses(BasicBlock block)
    {
        foreach (var instruction in block.Instructions)
        {
            if (instruction is { Code: Code.Ldloc or Code.Stloc, Operand: Slot direct })
            {
                yield return new VariableAccess(direct, instruction.Code == Code.Stloc);
            }

            for (var i = instruction.Inputs.Count - 1; i >= 0; i--)
            {
                if (addresses.TryGetValue(instruction.Inputs[i], out var slot))
                {
                    yield return new VariableAccess(slot, instruction.Code == Code.Initobj || IsConstructorOf(instruction, i, slot));
                }
            }
        }
    }

    private void Run()
    {
        var filled = new HashSet<BasicBlock>();
        foreach (var block in flow.ReversePostOrder)
        {
            if (flow.Sources(block).All(filled.Contains))
            {
                ssa.Seal(block);
            }

            Rewrite(block);
            filled.Add(block);
            foreach (var successor in block.Successors.Where(successor => filled.Contains(successor) && flow.Sources(successor).All(filled.Contains)))
            {
                ssa.Seal(successor);
            }
        }

        function.ReplaceUses(replacements);
        ssa.Finish();
        function.Slots.RemoveAll(promoted.Contains);
    }

    private void Rewrite(BasicBlock block)
    {
        var kept = new List<Instruction>();
        foreach (var instruction in block.Instructions)
        {
            if (instruction is { Code: Code.Stloc, Operand: Slot stored } && promoted.Contains(stored))
            {
                ssa.Write(stored, block, instruction.Inputs[0]);
            }
            else if (instruction is { Code: Code.Ldloc, Operand: Slot loaded } && promoted.Contains(loaded))
            {
                replacements[instruction] = ssa.Read(loaded, block);
            }
            else if (instruction.Code == Code.Ldloca && instruction.Operand is Slot slot && promoted.Contains(slot))
            {
                // Its users read the slot where they stand.
            }
            else
            {
                RewriteUser(instruction, block, kept);
            }
        }

        block.Instructions.Clear();
        block.Instructions.AddRange(kept);
    }

    private void RewriteUser(Instruction user, BasicBlock block, List<Instruction> kept)
    {
        var slots = user.Inputs.Select(input => addresses.TryGetValue(input, out var slot) && promoted.Contains(slot) ? slot : null).ToList();
        if (user.Inputs.Count > 0 && slots[0] is { } first)
        {
            switch (user.Code)
            {
                case Code.Initobj:
                    ssa.Write(first, block, Constants.Default(first.Type, function.Module));
                    return;
                case Code.Ldobj:
                    replacements[user] = ssa.Read(first, block);
                    return;
                case Code.Ldfld:
                    user.Inputs[0] = ssa.Read(first, block);
                    kept.Add(user);
                    return;
                case Code.Call when IsConstructorOf(user, 0, first):
                    var created = new Instruction(Code.Newobj, user.Operand, first.Type, user.Inputs.Skip(1)) { Location = user.Location, Site = user.Site };
                    for (var i = 1; i < slots.Count; i++)
                    {
                        AddressValue(created, i - 1, slots[i], block, kept);
                    }

                    kept.Add(created);
                    ssa.Write(first, block, created);
                    return;
            }
        }

        for (var i = 0; i < slots.Count; i++)
        {
            AddressValue(user, i, slots[i], block, kept);
        }

        kept.Add(user);
    }

    private void AddressValue(Instruction user, int position, Slot? slot, BasicBlock block, List<Instruction> kept)
    {
        if (slot is null)
        {
            return;
        }

        var address = new Instruction(Code.Ldloca, null, new ByReferenceType(slot.Type), [ssa.Read(slot, block)]) { Location = user.Location, Site = user.Site };
        kept.Add(address);
        user.Inputs[position] = address;
    }
}
