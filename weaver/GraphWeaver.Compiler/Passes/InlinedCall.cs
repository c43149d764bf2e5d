using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Lifting;
using GraphWeaver.Compiler.Specialisation;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Puts a lifted helper, which is used up, in the place of one call: the block is cut there, the helper's blocks stand between the parts, its
/// returns go to the second, where their values merge. What a call does by itself is done in the open: arguments and results are converted as
/// storing them does, a null receiver throws first, and the helper's locals begin as zero each time.
/// </summary>
internal static class InlinedCall
{
    public static void Splice(Function function, BasicBlock block, Instruction call, Function helper, CallTarget target)
    {
        var rest = CutAfter(block, call);
        block.Instructions.Remove(call);
        LeaveUnnamed(helper);
        PassArguments(function, block, call, helper, target);
        ClearLocals(helper);
        Enclose(helper, block.Scope);
        block.Terminator = Terminator.Jump(helper.Entry);
        var result = Return(helper, rest, call);
        function.Slots.AddRange(helper.Slots);
        function.Blocks.InsertRange(function.Blocks.IndexOf(block) + 1, [.. helper.Blocks, rest]);
        if (result is not null)
        {
            function.ReplaceUses(new Dictionary<Value, Value> { [call] = result });
        }
    }

    /// <summary>A debugger shows the caller's variables; the helper's may go by the same names.</summary>
    private static void LeaveUnnamed(Function helper)
    {
        helper.Slots.ForEach(slot => slot.IsOfUser = false);
        foreach (var value in helper.Blocks.SelectMany(block => block.Phis.Concat<Value>(block.Instructions)))
        {
            value.Variable = null;
        }
    }

    private static BasicBlock CutAfter(BasicBlock block, Instruction call)
    {
        var at = block.Instructions.IndexOf(call) + 1;
        var rest = new BasicBlock { Scope = block.Scope, Terminator = block.Terminator };
        rest.Instructions.AddRange(block.Instructions.Skip(at));
        block.Instructions.RemoveRange(at, block.Instructions.Count - at);
        foreach (var phi in rest.Successors.Distinct().SelectMany(target => target.Phis))
        {
            for (var i = 0; i < phi.Operands.Count; i++)
            {
                phi.Operands[i] = phi.Operands[i].Predecessor == block ? phi.Operands[i] with { Predecessor = rest } : phi.Operands[i];
            }
        }

        return rest;
    }

    private static void PassArguments(Function function, BasicBlock block, Instruction call, Function helper, CallTarget target)
    {
        var values = new Dictionary<Value, Value>();
        foreach (var parameter in helper.Arguments)
        {
            if (target.Arguments[parameter.Index] is { } argument)
            {
                values[parameter] = Converted(argument, parameter.Type!, block, call.Location);
            }
        }

        if (target.ChecksReceiver && !IsSelf(call.Inputs[0], function))
        {
            var check = NonNull.Check(call.Inputs[0], call);
            block.Instructions.Add(check);
            values[helper.Arguments[0]] = check;
        }

        helper.ReplaceUses(values);
    }

    private static bool IsSelf(Value receiver, Function function) => receiver is Argument argument && ClosedBody.IsReceiver(argument, function.Method);

    private static Value Converted(Value value, TypeReference type, BasicBlock block, SequencePoint? location)
    {
        if (StoreConversion.For(value, type) is not { } conversion)
        {
            return value;
        }

        var converted = new Instruction(conversion, null, StackTypes.Underlying(type), [value]) { Location = location };
        block.Instructions.Add(converted);
        return converted;
    }

    private static void ClearLocals(Function helper)
    {
        var parameters = new HashSet<Slot>(helper.Entry.Instructions.TakeWhile(instruction => instruction.Code == Code.Stloc).Select(store => (Slot)store.Operand!));
        helper.Entry.Instructions.InsertRange(0, helper.Slots.Where(slot => !parameters.Contains(slot)).Select(slot => new Instruction(Code.Stloc, slot, null, [Constants.Default(slot.Type, helper.Module)])));
    }

    private static void Enclose(Function helper, Scope? around)
    {
        if (around is null)
        {
            return;
        }

        helper.Blocks.SelectMany(block => Scope.Outwards(block.Scope)).OfType<TryScope>().Distinct().Where(scope => scope.Parent is null).ToList().ForEach(scope => scope.Enclose(around));
        helper.Blocks.Where(block => block.Scope is null).ToList().ForEach(block => block.Scope = around);
    }

    /// <summary>Sends the helper's returns on; the result is the value returned, or null where there is none or nothing returns.</summary>
    private static Value? Return(Function helper, BasicBlock rest, Instruction call)
    {
        var returns = helper.Blocks.Where(block => block.Terminator.Code == Code.Ret).ToList();
        var operands = new List<PhiOperand>();
        foreach (var end in returns)
        {
            if (call.Type is not null)
            {
                operands.Add(new PhiOperand(end, Converted(end.Terminator.Inputs[0], call.Type, end, end.Terminator.Location)));
            }

            end.Terminator = Terminator.Jump(rest);
        }

        if (operands.Count <= 1)
        {
            return operands.Count == 0 ? null : operands[0].Value;
        }

        var merged = new Phi(rest, call.Type);
        merged.Operands.AddRange(operands);
        rest.Phis.Add(merged);
        return merged;
    }
}
