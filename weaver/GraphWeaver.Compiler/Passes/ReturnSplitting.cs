using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Passes;

/// <summary>
/// Gives each path its own <c>return</c>: in Debug all of a method's returns jump to one block that only returns, so that a path that is over
/// would seem to go on together with the others. Holds after: a block that only returns has one predecessor.
/// </summary>
internal static class ReturnSplitting
{
    public static void Run(Function function)
    {
        var ends = new Queue<BasicBlock>(function.Blocks.Where(IsEnd));
        while (ends.Count > 0)
        {
            var end = ends.Dequeue();
            foreach (var block in function.Blocks.Where(block => block != end && block.Successors.Contains(end)).ToList())
            {
                if (block.Terminator.Code == Code.Br)
                {
                    block.Terminator = Return(end, block);
                    if (IsEnd(block))
                    {
                        ends.Enqueue(block);
                    }
                }
                else
                {
                    for (var i = 0; i < block.Terminator.Targets.Count; i++)
                    {
                        if (block.Terminator.Targets[i] == end)
                        {
                            var own = new BasicBlock { Terminator = Return(end, block) };
                            function.Blocks.Add(own);
                            block.Terminator.Targets[i] = own;
                        }
                    }
                }
            }

            if (end != function.Entry)
            {
                function.Blocks.Remove(end);
            }
        }
    }

    private static bool IsEnd(BasicBlock block) => block.Instructions.Count == 0 && block.Terminator.Code == Code.Ret;

    private static Terminator Return(BasicBlock end, BasicBlock from) =>
        end.Terminator.CopyWith(end.Terminator.Inputs.Select(input => input is Phi phi && phi.Block == end ? phi.OperandFrom(from) : input), []);
}
