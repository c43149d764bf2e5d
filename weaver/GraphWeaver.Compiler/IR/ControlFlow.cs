using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.IR;

/// <summary>
/// The shape of a function's graph at one moment: predecessors, reverse post-order, immediate dominators (Cooper, Harvey and Kennedy, "A
/// Simple, Fast Dominance Algorithm"). Computed once from the blocks; a pass that changes edges makes a new one.
/// An exception is an edge from each block of a <c>try</c>, and from its door, to each handler: so a handler comes after all of its
/// <c>try</c>, and what dominates it is what dominates the door's end.
/// </summary>
public sealed class ControlFlow
{
    private readonly Dictionary<BasicBlock, List<BasicBlock>> predecessors = [];
    private readonly Dictionary<BasicBlock, int> order = [];
    private readonly Dictionary<BasicBlock, BasicBlock> immediateDominators = [];

    public ControlFlow(BasicBlock entry)
    {
        ReversePostOrder = Order(entry);
        for (var i = 0; i < ReversePostOrder.Count; i++)
        {
            order[ReversePostOrder[i]] = i;
            predecessors[ReversePostOrder[i]] = [];
        }

        foreach (var block in ReversePostOrder)
        {
            foreach (var successor in AllSuccessors(block))
            {
                predecessors[successor].Add(block);
            }
        }

        ComputeDominators(entry);
    }

    public IReadOnlyList<BasicBlock> ReversePostOrder { get; }

    public bool IsReachable(BasicBlock block) => order.ContainsKey(block);

    /// <summary>
    /// One entry per edge: a switch with two cases on one block gives that block two equal predecessors. Those of a handler's entry are the
    /// blocks an exception may come from.
    /// </summary>
    public IReadOnlyList<BasicBlock> Predecessors(BasicBlock block) => predecessors[block];

    /// <summary>The blocks at whose ends values merge into <paramref name="block"/>: its predecessors, or a handler's dominator.</summary>
    public IReadOnlyList<BasicBlock> Sources(BasicBlock block) => block.IsHandlerEntry ? [immediateDominators[block]] : predecessors[block];

    public int IndexOf(BasicBlock block) => order[block];

    public bool Dominates(BasicBlock dominator, BasicBlock block)
    {
        while (order[block] > order[dominator])
        {
            block = immediateDominators[block];
        }

        return block == dominator;
    }

    /// <summary>Where an exception in the block goes, and from a filter its handler; from its entry too, in case the filter never ends.</summary>
    public static IEnumerable<BasicBlock> ExceptionalSuccessors(BasicBlock block)
    {
        var guarding = Scope.Outwards(block.Scope)
            .Concat(block.Successors.SelectMany(successor => Scope.Outwards(successor.Scope)))
            .OfType<TryScope>()
            .Distinct()
            .SelectMany(scope => scope.Handlers)
            .Select(handler => handler.FirstEntry);
        return block.Scope is FilterScope filter && (block == filter.Entry || block.Terminator.Code == Code.Endfilter) ? guarding.Append(filter.Handler.Entry) : guarding;
    }

    private static List<BasicBlock> AllSuccessors(BasicBlock block) => [.. block.Successors, .. ExceptionalSuccessors(block)];

    private static List<BasicBlock> Order(BasicBlock entry)
    {
        var visited = new HashSet<BasicBlock> { entry };
        var postOrder = new List<BasicBlock>();
        var pending = new Stack<(BasicBlock Block, List<BasicBlock> Successors, int Next)>();
        pending.Push((entry, AllSuccessors(entry), 0));
        while (pending.Count > 0)
        {
            var (block, successors, next) = pending.Pop();
            if (next == successors.Count)
            {
                postOrder.Add(block);
                continue;
            }

            pending.Push((block, successors, next + 1));

            // Successors are walked last to first, so that the fall-through or default comes late and code keeps its order.
            var successor = successors[successors.Count - 1 - next];
            if (visited.Add(successor))
            {
                pending.Push((successor, AllSuccessors(successor), 0));
            }
        }

        postOrder.Reverse();
        return postOrder;
    }

    private void ComputeDominators(BasicBlock entry)
    {
        immediateDominators[entry] = entry;
        bool changed;
        do
        {
            changed = false;
            foreach (var block in ReversePostOrder.Skip(1))
            {
                BasicBlock? dominator = null;
                foreach (var predecessor in predecessors[block].Where(immediateDominators.ContainsKey))
                {
                    dominator = dominator is null ? predecessor : Intersect(dominator, predecessor);
                }

                if (!immediateDominators.TryGetValue(block, out var old) || old != dominator)
                {
                    immediateDominators[block] = dominator!;
                    changed = true;
                }
            }
        }
        while (changed);
    }

    private BasicBlock Intersect(BasicBlock left, BasicBlock right)
    {
        while (left != right)
        {
            while (order[left] > order[right])
            {
                left = immediateDominators[left];
            }

            while (order[right] > order[left])
            {
                right = immediateDominators[right];
            }
        }

        return left;
    }
}
