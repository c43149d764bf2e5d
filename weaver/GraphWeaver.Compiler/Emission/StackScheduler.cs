using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Emission;

/// <summary>
/// Decides which results stay on the evaluation stack instead of going through a local. Strategy: walk a block in program order with a list
/// of pending single-use results; an operation takes its last operands from the end of that list, so that an expression tree covers a
/// contiguous run of instructions and nothing is evaluated out of order; whatever is not part of a tree is a statement, and a statement
/// ends every pending tree (its members go to locals). A tree does not cross a source statement, so that every line keeps a point where the
/// stack is empty. Holds after: emitting each statement with its trees evaluates in program order.
/// </summary>
internal sealed class StackScheduler(Dictionary<Value, int> uses)
{
    private readonly HashSet<Instruction> onStack = [];

    /// <summary>Whether the result is consumed from the stack by its only user.</summary>
    public bool StaysOnStack(Value value) => value is Instruction instruction && onStack.Contains(instruction);

    /// <summary>Schedules a block; <paramref name="exitOperands"/> is what the terminator or the phi copies push at its end.</summary>
    public void Schedule(BasicBlock block, IReadOnlyList<Value> exitOperands)
    {
        var pending = new List<Instruction>();
        foreach (var instruction in block.Instructions)
        {
            if (!instruction.IsAddressOfValue)
            {
                Take(instruction.Inputs, instruction.Location, pending);
            }

            if (instruction.Type is not null && uses.TryGetValue(instruction, out var count) && count == 1)
            {
                pending.Add(instruction);
            }
            else
            {
                pending.Clear();
            }
        }

        Take(exitOperands, block.Terminator.Location, pending);
    }

    private void Take(IReadOnlyList<Value> operands, SequencePoint? location, List<Instruction> pending)
    {
        for (var i = operands.Count - 1; i >= 0 && pending.Count > 0; i--)
        {
            if (operands[i] == pending[pending.Count - 1] && pending[pending.Count - 1].Location == location)
            {
                onStack.Add(pending[pending.Count - 1]);
                pending.RemoveAt(pending.Count - 1);
            }
        }
    }
}
