using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// Tells the locals whose address does not outlive the stretch between two whole stores: every reference taken of such a local, and every
/// reference or span made of one, is used in the same block and before the next whole store. What such a local held before a store is then gone.
/// </summary>
internal sealed class SlotUses
{
    private readonly HashSet<Slot> shared = [];

    public SlotUses(Function source)
    {
        var users = new Dictionary<Value, List<(Instruction? User, BasicBlock Block, int Position)>>();
        foreach (var block in source.Blocks)
        {
            for (var i = 0; i < block.Instructions.Count; i++)
            {
                var user = block.Instructions[i];
                user.Inputs.ForEach(input => Add(users, input, (user, block, i)));
            }

            block.Terminator.Inputs.ForEach(input => Add(users, input, (null, block, block.Instructions.Count)));
            block.Phis.SelectMany(phi => phi.Operands).ToList().ForEach(operand => Add(users, operand.Value, (null, block, 0)));
        }

        foreach (var block in source.Blocks)
        {
            for (var i = 0; i < block.Instructions.Count; i++)
            {
                if (block.Instructions[i] is { Code: Code.Ldloca, Operand: Slot slot } address && !StaysNear(address, slot, block, i, users))
                {
                    shared.Add(slot);
                }
            }
        }
    }

    public bool HasSeparateLives(Slot slot) => !slot.IsPinned && !shared.Contains(slot);

    /// <summary>Managed references, and structures that hold one.</summary>
    public static bool IsReference(TypeReference type) => type is IModifierType modified
        ? IsReference(modified.ElementType)
        : type.IsByReference || (type.IsValueType && type.Resolve() is { } definition && IsByRefLike(definition));

    private static bool IsByRefLike(TypeDefinition definition) => definition.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "System.Runtime.CompilerServices.IsByRefLikeAttribute");

    private static void Add<T>(Dictionary<Value, List<T>> users, Value value, T user)
    {
        users.TryGetValue(value, out var list);
        (users[value] = list ?? []).Add(user);
    }

    /// <summary>Whether a reference may be put where it outlives its user: into a local, a field, or a ref struct of which a call has the address.</summary>
    private static bool IsKept(Value reference, Instruction user) =>
        user.Code == Code.Stloc
        || (user.Code is Code.Stfld or Code.Stobj && user.Inputs[1] == reference)
        || (user.IsCall && user.Inputs.Any(other => other != reference && other.Type is ByReferenceType { ElementType: { } pointed } && IsReference(pointed)));

    private static bool StaysNear(Instruction address, Slot slot, BasicBlock block, int position, Dictionary<Value, List<(Instruction? User, BasicBlock Block, int Position)>> users)
    {
        var store = block.Instructions.FindIndex(position, instruction => instruction is { Code: Code.Stloc } && instruction.Operand == slot);
        var seen = new HashSet<Value>();
        var open = new Stack<Value>();
        open.Push(address);
        while (open.Count > 0)
        {
            var value = open.Pop();
            if (!seen.Add(value) || !users.TryGetValue(value, out var uses))
            {
                continue;
            }

            foreach (var (user, where, at) in uses)
            {
                if (user is null || where != block || (store >= 0 && at > store) || IsKept(value, user))
                {
                    return false;
                }

                if (user.Type is { } type && IsReference(type))
                {
                    open.Push(user);
                }
            }
        }

        return true;
    }
}
