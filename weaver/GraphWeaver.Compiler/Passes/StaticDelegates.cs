using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Makes one instruction of what the compiler writes for a delegate that it caches: look into a static field and, where that is null, make
/// the delegate and store it. Such a branch on a mutable static is no branch of the user's, and would end every constant stretch.
/// Holds after: each such diamond is <c>ldftn</c> of a <see cref="StaticDelegate"/>, and the block that made the delegate is gone.
/// </summary>
internal static class StaticDelegates
{
    public static void Run(Function function)
    {
        var replacements = new Dictionary<Value, Value>();
        var gone = new HashSet<BasicBlock>();
        foreach (var block in function.Blocks)
        {
            if (Match(block) is not { } match)
            {
                continue;
            }

            var load = block.Instructions[block.Instructions.Count - 1];
            var made = new Instruction(Code.Ldftn, match.Delegate, match.Made.Type, []) { Location = match.Made.Location ?? load.Location, Site = match.Made.Site };
            block.Instructions[block.Instructions.Count - 1] = made;
            block.Terminator = Terminator.Jump(match.Join);
            gone.Add(match.Maker);
            foreach (var phi in match.Join.Phis.ToList())
            {
                var isDelegate = phi.OperandFrom(match.Maker) == match.Made;
                phi.Operands.RemoveAll(operand => operand.Predecessor == match.Maker);
                if (isDelegate)
                {
                    var index = phi.Operands.FindIndex(operand => operand.Predecessor == block);
                    phi.Operands[index] = phi.Operands[index] with { Value = made };
                }

                if (phi.Operands.Count == 1)
                {
                    replacements[phi] = phi.Operands[0].Value;
                    match.Join.Phis.Remove(phi);
                }
            }

            replacements[load] = made;
        }

        function.Blocks.RemoveAll(gone.Contains);
        function.ReplaceUses(replacements);
    }

    private static (StaticDelegate Delegate, Instruction Made, BasicBlock Maker, BasicBlock Join)? Match(BasicBlock block)
    {
        if (block.Instructions.LastOrDefault() is not { Code: Code.Ldsfld, Operand: FieldReference cache } load
            || block.Terminator is not { Code: Code.Brtrue } branch || branch.Inputs[0] != load || !IsCache(cache))
        {
            return null;
        }

        var (join, maker) = (branch.Targets[0], branch.Targets[1]);
        if (join == maker || maker.Phis.Count > 0 || maker.Terminator.Targets.Count != 1 || maker.Terminator.Targets[0] != join)
        {
            return null;
        }

        var made = maker.Instructions.FirstOrDefault(instruction => instruction.Code == Code.Newobj);
        var target = maker.Instructions.FirstOrDefault(instruction => instruction.Code == Code.Ldftn);
        var receiver = maker.Instructions.FirstOrDefault(instruction => instruction.Code == Code.Ldsfld);
        var isWhole = made is not null && target?.Operand is MethodReference && made.Inputs.Count == 2 && made.Inputs[1] == target
            && (receiver is null ? made.Inputs[0] is Constant { Literal: null } : made.Inputs[0] == receiver)
            && maker.Instructions.LastOrDefault() is { Code: Code.Stsfld } store && Names(store.Operand, cache) && store.Inputs[0] == made
            && maker.Instructions.Count == (receiver is null ? 3 : 4);
        return isWhole ? (new StaticDelegate(cache, receiver?.Operand as FieldReference, target!.Method!, made!.Method!), made, maker, join) : null;
    }

    /// <summary>Fields that only a compiler can name.</summary>
    private static bool IsCache(FieldReference field) =>
        field.Name.StartsWith("<", StringComparison.Ordinal) && field.DeclaringType.Name.StartsWith("<>", StringComparison.Ordinal);

    private static bool Names(object? operand, FieldReference field) => operand is FieldReference other && other.FullName == field.FullName;
}
