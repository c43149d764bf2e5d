using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Lifting;

/// <summary>
/// The variables that must stay memory because an exception carries them: SSA has no phi where an exception arrives, for it arrives in the
/// middle of blocks. Strategy: liveness over normal and exceptional edges, then three rules. A variable stays memory that is assigned in a
/// <c>try</c> and live where a handler of it begins; that is assigned in a <c>finally</c> and live where a <c>leave</c> through it goes; that
/// is assigned in a filter and accessed outside (inner <c>finally</c>s run between a filter and its handler).
/// Holds after: any other variable has, where a handler begins, the value it had at the end of the door, and passes a <c>leave</c> unchanged.
/// </summary>
internal sealed class ExceptionalVariables
{
    private readonly IReadOnlyList<BasicBlock> blocks;
    private readonly Dictionary<BasicBlock, HashSet<object>> assigned = [];
    private readonly Dictionary<BasicBlock, HashSet<object>> exposed = [];
    private readonly Dictionary<BasicBlock, HashSet<object>> accessed = [];
    private readonly Dictionary<BasicBlock, HashSet<object>> live = [];

    private ExceptionalVariables(ControlFlow flow, Func<BasicBlock, IEnumerable<VariableAccess>> accesses)
    {
        blocks = flow.ReversePostOrder;
        foreach (var block in blocks)
        {
            (assigned[block], exposed[block], accessed[block]) = ([], [], []);
            foreach (var (variable, isWrite) in accesses(block))
            {
                accessed[block].Add(variable);
                if (isWrite)
                {
                    assigned[block].Add(variable);
                }
                else if (!assigned[block].Contains(variable))
                {
                    exposed[block].Add(variable);
                }
            }

            live[block] = [.. exposed[block]];
        }
    }

    /// <summary>Finds them; <paramref name="accesses"/> lists what a block does to variables, in program order.</summary>
    public static HashSet<object> Find(ControlFlow flow, Func<BasicBlock, IEnumerable<VariableAccess>> accesses)
    {
        if (flow.ReversePostOrder.All(block => block.Scope is null))
        {
            return [];
        }

        var analysis = new ExceptionalVariables(flow, accesses);
        analysis.PropagateLiveness();
        return analysis.Apply();
    }

    private void PropagateLiveness()
    {
        bool changed;
        do
        {
            changed = false;
            foreach (var block in blocks.Reverse())
            {
                var before = live[block].Count;
                foreach (var successor in block.Successors)
                {
                    live[block].UnionWith(live[successor].Where(variable => !assigned[block].Contains(variable)));
                }

                foreach (var handler in ControlFlow.ExceptionalSuccessors(block))
                {
                    live[block].UnionWith(live[handler]);
                }

                changed |= live[block].Count > before;
            }
        }
        while (changed);
    }

    private HashSet<object> Apply()
    {
        var found = new HashSet<object>();
        var scopes = blocks.SelectMany(block => Scope.Outwards(block.Scope)).Distinct().ToList();
        foreach (var scope in scopes)
        {
            var inside = blocks.Where(block => scope.Contains(block.Scope)).ToList();
            var carried = scope switch
            {
                TryScope guarded => guarded.Handlers.SelectMany(handler => live[handler.FirstEntry].Concat(live[handler.Entry])),
                HandlerScope { Kind: ExceptionHandlerType.Finally } handler => LeaveTargets(handler.Guarded).SelectMany(target => live[target]),
                FilterScope => blocks.Except(inside).SelectMany(block => accessed[block]),
                _ => [],
            };
            found.UnionWith(carried.Intersect(inside.SelectMany(block => assigned[block])));
        }

        return found;
    }

    private IEnumerable<BasicBlock> LeaveTargets(TryScope guarded) => blocks
        .Where(block => block.Terminator.Code == Code.Leave && guarded.Contains(block.Scope))
        .Select(block => block.Terminator.Targets[0])
        .Where(target => !guarded.Contains(target.Scope));
}

/// <summary>One read or write of a variable.</summary>
internal readonly record struct VariableAccess(object Variable, bool IsWrite);
