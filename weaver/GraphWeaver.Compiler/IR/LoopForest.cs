namespace GraphWeaver.Compiler.IR;

/// <summary>A natural loop: its header and every block that reaches the header again without leaving it, inner loops included.</summary>
public sealed class Loop(BasicBlock header)
{
    public BasicBlock Header { get; } = header;

    public HashSet<BasicBlock> Body { get; } = [header];

    public bool Contains(BasicBlock block) => Body.Contains(block);
}

/// <summary>
/// The loops of a function, by header. A retreating edge whose target does not dominate its source makes a graph irreducible; C# makes none
/// but for a <c>goto</c> into a loop.
/// </summary>
public sealed class LoopForest
{
    private readonly Dictionary<BasicBlock, Loop> loops = [];

    public LoopForest(ControlFlow flow)
    {
        foreach (var block in flow.ReversePostOrder)
        {
            foreach (var target in block.Successors.Where(target => flow.IndexOf(target) <= flow.IndexOf(block)))
            {
                if (!flow.Dominates(target, block))
                {
                    IsReducible = false;
                    continue;
                }

                if (!loops.TryGetValue(target, out var loop))
                {
                    loops[target] = loop = new Loop(target);
                }

                Collect(loop, block, flow);
            }
        }
    }

    public bool IsReducible { get; } = true;

    public Loop? HeadedBy(BasicBlock block) => loops.TryGetValue(block, out var loop) ? loop : null;

    private static void Collect(Loop loop, BasicBlock latch, ControlFlow flow)
    {
        var pending = new Stack<BasicBlock>();
        pending.Push(latch);
        while (pending.Count > 0)
        {
            var block = pending.Pop();
            if (loop.Body.Add(block))
            {
                flow.Predecessors(block).ToList().ForEach(pending.Push);
            }
        }
    }
}
