using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Emission;

/// <summary>
/// Puts an empty block on every edge from a block with several successors to a block with phis, so that a phi's copies have a place of their
/// own. So does a <c>leave</c> to one: its copies stand behind it, since the <c>finally</c>s it runs may still read the old values.
/// Holds after: a predecessor of a block with phis has that block as its only successor and ends in <c>br</c>. With it the lost-copy problem
/// cannot arise.
/// </summary>
internal static class CriticalEdges
{
    public static void Split(Function function)
    {
        foreach (var block in function.Blocks.Where(block => block.Terminator.IsConditional || block.Terminator.Code == Code.Leave).ToList())
        {
            for (var i = 0; i < block.Terminator.Targets.Count; i++)
            {
                var target = block.Terminator.Targets[i];
                if (target.Phis.Count == 0)
                {
                    continue;
                }

                var edge = new BasicBlock { Terminator = Terminator.Jump(target), Scope = Scope.Common(block.Scope, target.Scope) };
                edge.Terminator.Location = block.Terminator.Location;
                block.Terminator.Targets[i] = edge;
                function.Blocks.Add(edge);
                foreach (var phi in target.Phis)
                {
                    var index = phi.Operands.FindIndex(operand => operand.Predecessor == block);
                    phi.Operands[index] = phi.Operands[index] with { Predecessor = edge };
                }
            }
        }
    }
}
