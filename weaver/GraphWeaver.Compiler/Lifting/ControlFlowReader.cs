using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using IlInstruction = Mono.Cecil.Cil.Instruction;

namespace GraphWeaver.Compiler.Lifting;

/// <summary>
/// Cuts an IL body into basic blocks and orders the reachable ones in reverse post-order.
/// Holds after: the first block is the method's start and has no predecessors (a body that branches back to its first instruction gets an
/// empty entry block in front, whose range is empty).
/// </summary>
internal sealed class ControlFlowReader
{
    private readonly Dictionary<IlInstruction, Range> ranges = [];
    private readonly List<IlInstruction> code;
    private readonly MethodBody body;

    public ControlFlowReader(MethodBody body)
    {
        this.body = body;
        code = [.. body.Instructions];
        CutRanges();
        Connect();
    }

    /// <summary>A run of IL instructions that becomes one block.</summary>
    public sealed class Range(int start, int end)
    {
        public int Start { get; } = start;

        public int End { get; } = end;

        public BasicBlock Block { get; } = new();

        /// <summary>Branch targets, then the fall-through or default; the order a <see cref="Terminator"/> wants.</summary>
        public List<Range> Successors { get; } = [];

        public List<Range> Predecessors { get; } = [];
    }

    /// <summary>Reachable ranges in reverse post-order, the entry first.</summary>
    public List<Range> Reachable { get; } = [];

    private void CutRanges()
    {
        var leaders = new HashSet<IlInstruction> { code[0] };
        for (var i = 0; i < code.Count; i++)
        {
            foreach (var target in Targets(code[i]))
            {
                leaders.Add(target);
            }

            if (CanonicalInstruction.From(code[i], body).EndsBlock && i + 1 < code.Count)
            {
                leaders.Add(code[i + 1]);
            }
        }

        var start = 0;
        for (var i = 1; i <= code.Count; i++)
        {
            if (i == code.Count || leaders.Contains(code[i]))
            {
                ranges[code[start]] = new Range(start, i);
                start = i;
            }
        }
    }

    private void Connect()
    {
        var visited = new HashSet<Range>();
        var postOrder = new List<Range>();
        var first = ranges[code[0]];
        var pending = new Stack<(Range Range, int Next)>();
        visited.Add(first);
        FindSuccessors(first);
        pending.Push((first, 0));
        while (pending.Count > 0)
        {
            var (range, next) = pending.Pop();
            if (next == range.Successors.Count)
            {
                postOrder.Add(range);
                continue;
            }

            pending.Push((range, next + 1));
            var successor = range.Successors[range.Successors.Count - 1 - next];
            if (visited.Add(successor))
            {
                FindSuccessors(successor);
                pending.Push((successor, 0));
            }
        }

        postOrder.Reverse();
        if (first.Predecessors.Count > 0)
        {
            var entry = new Range(0, 0);
            entry.Successors.Add(first);
            first.Predecessors.Add(entry);
            Reachable.Add(entry);
        }

        Reachable.AddRange(postOrder);
    }

    private void FindSuccessors(Range range)
    {
        var last = code[range.End - 1];
        var canonical = CanonicalInstruction.From(last, body);
        range.Successors.AddRange(Targets(last).Select(target => ranges[target]));
        var fallsThrough = !canonical.EndsBlock || canonical.Code is > Code.Br and <= Code.Switch;
        if (fallsThrough)
        {
            if (range.End == code.Count)
            {
                throw new NotLiftedException("control falls off the end of the body");
            }

            range.Successors.Add(ranges[code[range.End]]);
        }

        range.Successors.ForEach(successor => successor.Predecessors.Add(range));
    }

    private static IEnumerable<IlInstruction> Targets(IlInstruction il) => il.Operand switch
    {
        IlInstruction target => [target],
        IlInstruction[] targets => targets,
        _ => [],
    };
}
