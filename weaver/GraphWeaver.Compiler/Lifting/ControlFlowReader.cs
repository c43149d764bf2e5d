using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using IlInstruction = Mono.Cecil.Cil.Instruction;

namespace GraphWeaver.Compiler.Lifting;

/// <summary>
/// Cuts an IL body into basic blocks with their scopes and terminators, the latter still without inputs, and connects what can be reached.
/// Holds after: the first block is the method's start, lies in no scope and has no predecessors; each <c>try</c> has an empty block as its
/// door, and each handler and filter an empty block as its entry, since IL may branch to the first instruction of either.
/// </summary>
internal sealed class ControlFlowReader
{
    private readonly Dictionary<int, BasicBlock> blocks = [];
    private readonly Dictionary<BasicBlock, (int Start, int End)> ranges = [];
    private readonly Dictionary<TryScope, BasicBlock> doors = [];
    private readonly Dictionary<IlInstruction, int> indices = [];
    private readonly List<CanonicalInstruction> code;
    private readonly ScopeReader scopes;

    public ControlFlowReader(MethodBody body)
    {
        code = [.. body.Instructions.Select(il => CanonicalInstruction.From(il, body))];
        for (var i = 0; i < code.Count; i++)
        {
            indices[body.Instructions[i]] = i;
        }

        scopes = new ScopeReader(body);
        CutBlocks();
        scopes.Borders.Distinct().ToList().ForEach(MakeEntries);
        Flow = new ControlFlow(Connect());
    }

    public ControlFlow Flow { get; }

    /// <summary>The instructions that become a block; none for one that is made up.</summary>
    public (int Start, int End) RangeOf(BasicBlock block) => ranges.TryGetValue(block, out var range) ? range : default;

    private void CutBlocks()
    {
        var leaders = new SortedSet<int>(scopes.Borders) { 0, code.Count };
        for (var i = 0; i < code.Count; i++)
        {
            leaders.UnionWith(Targets(code[i]));
            if (code[i].EndsBlock)
            {
                leaders.Add(i + 1);
            }
        }

        var starts = leaders.ToList();
        for (var i = 0; i + 1 < starts.Count; i++)
        {
            var block = new BasicBlock { Scope = scopes.At(starts[i]) };
            blocks[starts[i]] = block;
            ranges[block] = (starts[i], starts[i + 1]);
        }
    }

    /// <summary>Gives the scopes that begin with an instruction their entries and doors, each leading to the next further in.</summary>
    private void MakeEntries(int index)
    {
        if (!blocks.TryGetValue(index, out var next))
        {
            return;
        }

        foreach (var scope in Enumerable.Reverse(scopes.BeginningAt(index)))
        {
            if (scope is TryScope guarded)
            {
                guarded.Entry = next;
                doors[guarded] = next = new BasicBlock { Scope = guarded.Parent, Terminator = Terminator.Jump(next) };
            }
            else
            {
                scope.Entry = new BasicBlock { Scope = scope, Terminator = Terminator.Jump(next) };
            }
        }
    }

    /// <summary>Ends every block that can be reached; the result is the entry.</summary>
    private BasicBlock Connect()
    {
        var first = Target(null, 0, leaves: false);
        var visited = new HashSet<BasicBlock> { first };
        var pending = new Stack<BasicBlock>(visited);
        var isTarget = false;
        while (pending.Count > 0)
        {
            var block = pending.Pop();
            block.Terminator ??= End(block);
            isTarget |= block.Successors.Contains(first);
            foreach (var successor in block.Successors.Concat(ControlFlow.ExceptionalSuccessors(block)).Where(visited.Add))
            {
                pending.Push(successor);
            }
        }

        return isTarget ? new BasicBlock { Terminator = Terminator.Jump(first) } : first;
    }

    private Terminator End(BasicBlock block)
    {
        var end = ranges[block].End;
        var last = code[end - 1];
        var targets = Targets(last).Select(target => Target(block.Scope, target, last.Code == Code.Leave)).ToList();
        var fallsThrough = !last.EndsBlock || last.Code is > Code.Br and <= Code.Switch;
        if (fallsThrough)
        {
            if (end == code.Count)
            {
                throw new NotLiftedException("control falls off the end of the body");
            }

            targets.Add(Target(block.Scope, end, leaves: false));
        }

        if (last.Code == Code.Ret && block.Scope is not null)
        {
            throw new NotLiftedException("a return from within a try or handler");
        }

        // A leave that leaves nothing only empties the evaluation stack.
        var staysInside = last.Code == Code.Leave && block.Scope is var scope && Scope.Common(scope, targets[0].Scope) == scope;
        return new Terminator(!last.EndsBlock || staysInside ? Code.Br : last.Code, [], targets);
    }

    /// <summary>The block a branch from <paramref name="from"/> to an instruction leads to: the door of the outermost <c>try</c> it enters.</summary>
    private BasicBlock Target(Scope? from, int index, bool leaves)
    {
        var target = blocks[index];
        var entered = Scope.Outwards(target.Scope).Where(scope => !scope.Contains(from)).Reverse().ToList();
        var left = Scope.Outwards(from).Where(scope => !scope.Contains(target.Scope)).ToList();
        var beginning = scopes.BeginningAt(index);
        if (entered.Any(scope => scope is not TryScope || !beginning.Contains(scope)) || (left.Count > 0 && !leaves) || left.Any(IsLeftByNoBranch))
        {
            throw new NotLiftedException("a branch into the middle of a try or handler, or out of one");
        }

        return entered.Count == 0 ? target : doors[(TryScope)entered[0]];
    }

    private static bool IsLeftByNoBranch(Scope scope) => scope is FilterScope or HandlerScope { Kind: ExceptionHandlerType.Finally or ExceptionHandlerType.Fault };

    private IEnumerable<int> Targets(CanonicalInstruction instruction) => instruction.Operand switch
    {
        IlInstruction target => [indices[target]],
        IlInstruction[] targets => targets.Select(target => indices[target]),
        _ => [],
    };
}
