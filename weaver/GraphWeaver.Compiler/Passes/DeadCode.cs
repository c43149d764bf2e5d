using GraphWeaver.Compiler.IR;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Removes results nobody uses, as long as computing them cannot be seen (<see cref="Transparency"/>): mark what has effects or leaves the
/// function, and what that needs; sweep the rest. Phis that only feed each other go too.
/// </summary>
internal static class DeadCode
{
    public static void Run(Function function)
    {
        var live = new HashSet<Value>();
        var pending = new Stack<Value>();
        void Mark(Value value)
        {
            if (live.Add(value))
            {
                pending.Push(value);
            }
        }

        foreach (var block in function.Blocks)
        {
            block.Terminator.Inputs.ForEach(Mark);
            block.Instructions.Where(instruction => !Transparency.IsTransparent(instruction, function.Method)).ToList().ForEach(Mark);
        }

        while (pending.Count > 0)
        {
            switch (pending.Pop())
            {
                case Instruction instruction:
                    instruction.Inputs.ForEach(Mark);
                    break;
                case Phi phi:
                    phi.Operands.ForEach(operand => Mark(operand.Value));
                    break;
            }
        }

        foreach (var block in function.Blocks)
        {
            block.Phis.RemoveAll(phi => !live.Contains(phi));
            block.Instructions.RemoveAll(instruction => !live.Contains(instruction));
        }
    }
}
