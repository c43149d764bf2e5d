using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Reads that fail on a condition which can be asked first, and that else cannot be seen: reads of objects, which fail where there is none, and index
/// arithmetic, which fails on a negative number.
/// </summary>
internal static class GuardedReads
{
    public static bool Is(Instruction instruction) => NonNull.IsReadOfObject(instruction) || IndexArithmetic.TakesNonNegative(instruction);

    /// <summary>Ends a block by the question whether a read fails.</summary>
    public static void Ask(Instruction read, BasicBlock block, BasicBlock succeeds, BasicBlock fails, Function function)
    {
        if (NonNull.IsReadOfObject(read))
        {
            block.Terminator = new Terminator(Code.Brtrue, [read.Inputs[0]], [succeeds, fails]) { Location = read.Location };
            return;
        }

        var types = function.Module.TypeSystem;
        var isNegative = new Instruction(Code.Clt, null, types.Boolean, [read.Inputs[0], new Constant(0, types.Int32)]) { Location = read.Location };
        block.Instructions.Add(isNegative);
        block.Terminator = new Terminator(Code.Brtrue, [isNegative], [fails, succeeds]) { Location = read.Location };
    }
}
