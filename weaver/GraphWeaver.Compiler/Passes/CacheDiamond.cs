using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// What a compiler writes for a value that it caches: a block that looks into a static field, one that makes the value and stores it where the field
/// is null, and one where both meet. Such a branch on a mutable static is no branch of the user's, and would end every constant stretch.
/// </summary>
/// <param name="Block">The block that looks.</param>
/// <param name="Maker">The block that makes.</param>
/// <param name="Join">The block where both meet.</param>
/// <param name="Load">The look, the last instruction of its block.</param>
/// <param name="Cache">The field.</param>
/// <param name="Made">What is stored, by the last instruction of the maker.</param>
internal sealed record CacheDiamond(BasicBlock Block, BasicBlock Maker, BasicBlock Join, Instruction Load, FieldReference Cache, Instruction Made)
{
    /// <summary>The diamond that a block begins; null when it begins none.</summary>
    public static CacheDiamond? At(BasicBlock block)
    {
        if (block.Instructions.LastOrDefault() is not { Code: Code.Ldsfld, Operand: FieldReference cache } load
            || block.Terminator is not { Code: Code.Brtrue, Targets: [var join, var maker] } branch || branch.Inputs[0] != load)
        {
            return null;
        }

        return join != maker && maker.Phis.Count == 0 && maker.Terminator.Targets.Count == 1 && maker.Terminator.Targets[0] == join
            && maker.Instructions.LastOrDefault() is { Code: Code.Stsfld, Operand: FieldReference stored, Inputs: [Instruction made] } && stored.FullName == cache.FullName
            ? new CacheDiamond(block, maker, join, load, cache, made)
            : null;
    }

    /// <summary>Puts one instruction in the diamond's place; the maker is to be taken out of the function, and uses are to be replaced.</summary>
    public void Collapse(Instruction whole, Dictionary<Value, Value> replacements)
    {
        Block.Instructions[Block.Instructions.Count - 1] = whole;
        Block.Terminator = Terminator.Jump(Join);
        foreach (var phi in Join.Phis.ToList())
        {
            var isValue = phi.OperandFrom(Maker) == Made;
            phi.Operands.RemoveAll(operand => operand.Predecessor == Maker);
            if (isValue)
            {
                var index = phi.Operands.FindIndex(operand => operand.Predecessor == Block);
                phi.Operands[index] = phi.Operands[index] with { Value = whole };
            }

            if (phi.Operands.Count == 1)
            {
                replacements[phi] = phi.Operands[0].Value;
                Join.Phis.Remove(phi);
            }
        }

        replacements[Load] = whole;
    }
}
