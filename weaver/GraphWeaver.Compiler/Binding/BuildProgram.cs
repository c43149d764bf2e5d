using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// The bound function while it is made, and which of its instructions the build may execute. Knows what may be executed
/// (<see cref="Foldability"/>), what shares memory with what, and what run-time code has seen.
/// </summary>
internal sealed class BuildProgram(Function bound, Foldability foldability, SliceRunner runner)
{
    private readonly Dictionary<Value, BuildNode> nodeOf = [];
    private readonly Dictionary<BuildNode, int> segments = [];
    private readonly List<BuildNode> nodes = [];
    private readonly List<BuildNode> pending = [];
    private readonly List<BuildNode> locals = [];
    private readonly Dictionary<Slot, BuildNode> slots = [];
    private readonly HashSet<Slot> runtimeSlots = [];
    private readonly HashSet<BuildNode> spoiled = [];
    private readonly List<(BuildNode Object, int Order)> reads = [];
    private HashSet<BuildNode> frozen = [];
    private List<ConstantRuntimeCall> constantCalls = [];

    /// <summary>A place to return to when a trial fails.</summary>
    public sealed record Mark(int Nodes, HashSet<BuildNode> Frozen, int ConstantCalls);

    /// <summary>A call with constant arguments that stays at run time, and why.</summary>
    public sealed record ConstantRuntimeCall(Instruction Call, string Reason);

    public Function Bound { get; } = bound;

    /// <summary>Groups of locals that run-time code addresses.</summary>
    public IEnumerable<BuildNode> RuntimeGroups => slots.Where(entry => runtimeSlots.Contains(entry.Key)).Select(entry => entry.Value.Group);

    /// <summary>Groups that run-time code looks into before the build writes to them.</summary>
    public IEnumerable<BuildNode> ReadBeforeWritten
    {
        get
        {
            var lastWrites = nodes.Where(node => node.Mutates).SelectMany(node => Memory(node).Select(group => (Group: group, node.Order)))
                .ToLookup(write => write.Group, write => write.Order);
            return reads.Select(read => (read.Object.Group, read.Order)).Where(read => lastWrites[read.Group].Any(write => write >= read.Order)).Select(read => read.Group);
        }
    }

    /// <summary>Groups whose contents in the workers are not the program's, for good.</summary>
    public IEnumerable<BuildNode> Spoiled => spoiled;

    /// <summary>In program order.</summary>
    public IReadOnlyList<BuildNode> Nodes => nodes;

    public IReadOnlyList<ConstantRuntimeCall> ConstantCalls => constantCalls;

    /// <summary>Run-time instructions so far: what unrolling makes more of.</summary>
    public int InstructionCount { get; private set; }

    public BuildNode? NodeOf(Value value) => nodeOf.TryGetValue(value, out var node) ? node : null;

    /// <summary>The value, or the literal it has turned out to be.</summary>
    public Value Literal(Value value) => NodeOf(value)?.Literal ?? value;

    /// <summary>Whether the build may still use a value: literals and immutable objects always, others within their segment until frozen.</summary>
    public bool IsUsable(BuildNode node, int segment) => node.State != BuildState.Failed
        && (!(node.IsMutable || node.IsView) || (segments[node] == segment && !frozen.Contains(node.Group) && !spoiled.Contains(node.Group)));

    public void Freeze(BuildNode node)
    {
        if (node.IsMutable || node.IsView)
        {
            frozen.Add(node.Group);
        }
    }

    /// <summary>Run-time code looks at the value and keeps nothing of it: what it must see is the contents of now.</summary>
    public void Read(Value value)
    {
        if (NodeOf(value) is { } node && (node.IsMutable || node.IsView))
        {
            reads.Add((node, nodes.Count));
        }
    }

    /// <summary>A write that was made in the workers and taken back here, or the reverse: what the memory holds there is of no use any more.</summary>
    public void Spoil(BuildNode node) => spoiled.UnionWith(Memory(node));

    public bool IsSpoiled(BuildNode node) => Memory(node).Any(spoiled.Contains);

    /// <summary>Takes an instruction whose inputs are all known as the build's, if it may be executed there.</summary>
    public bool TryAdd(Instruction instruction, int segment)
    {
        if (!foldability.Allows(instruction, out var mutates))
        {
            return false;
        }

        var slot = instruction.Operand as Slot;
        if (slot is not null && slots.TryGetValue(slot, out var known) && (frozen.Contains(known.Group) || spoiled.Contains(known.Group)))
        {
            return false;
        }

        var isView = foldability.IsView(instruction.Type);
        var shared = instruction.Inputs.Select(NodeOf).OfType<BuildNode>().Where(input => input.IsMutable || input.IsView).ToList();
        var node = new BuildNode(instruction, nodes.Count, !isView && foldability.IsMutable(instruction.Type), isView, mutates && shared.Count > 0);
        if (node.IsMutable || node.IsView)
        {
            shared.ForEach(node.JoinGroupOf);
        }
        else if (node.Mutates)
        {
            shared.Skip(1).ToList().ForEach(shared[0].JoinGroupOf);
            node.IsLocal = node.Instruction.Type is null && shared.Any(input => slots.Values.Any(address => address.Group == input.Group));
        }

        if (slot is not null)
        {
            if (slots.TryGetValue(slot, out var first))
            {
                first.JoinGroupOf(node);
            }
            else
            {
                slots.Add(slot, node);
            }
        }

        segments[node] = segment;
        nodeOf[instruction] = node;
        nodes.Add(node);
        (node.IsLocal ? locals : pending).Add(node);
        return true;
    }

    public void AddRuntime(Instruction instruction, bool isConstant)
    {
        InstructionCount++;
        if (instruction.Operand is Slot slot)
        {
            // Memory that run-time code addresses must hold all that was written to it.
            runtimeSlots.Add(slot);
            if (slots.TryGetValue(slot, out var address))
            {
                Freeze(address);
            }
        }

        if (isConstant && instruction.IsCall)
        {
            constantCalls.Add(new ConstantRuntimeCall(instruction, foldability.WhyNot(instruction)));
        }
    }

    /// <summary>Executes what the given values need, if it has not been executed.</summary>
    public void Execute(IReadOnlyList<BuildNode> wanted)
    {
        var needed = wanted.Where(node => node.State == BuildState.Pending && !node.IsLocal).ToList();
        if (needed.Count > 0)
        {
            runner.Run(needed, this);
        }
    }

    /// <summary>
    /// Executes what is worth storing once the walk is over: only what takes a call of the user's to make. A literal array that run-time code
    /// uses is as well made where it stands.
    /// </summary>
    public void ExecuteAtEnd(IReadOnlyList<BuildNode> wanted)
    {
        var worth = wanted.Where(node => node.State == BuildState.Pending && Closure([node]).Any(IsRealCall)).ToList();
        Execute(worth);
    }

    /// <summary>Fetches the final contents of objects the build has written to; false when they cannot be told.</summary>
    public bool Refresh(IEnumerable<BuildNode> wanted)
    {
        var written = new HashSet<BuildNode>(nodes.Where(node => node.Mutates).SelectMany(Memory));
        return runner.Refresh([.. wanted.Where(node => node is { IsMutable: true, IsView: false, State: BuildState.Done, Value: not null } && written.Contains(node.Group))]);
    }

    /// <summary>Calls in source, not those the compiler makes to fill arrays and spans.</summary>
    public static bool IsRealCall(BuildNode node) =>
        node.Instruction is { IsCall: true, Method: { } method }
        && method.DeclaringType.FullName is not ("System.Runtime.CompilerServices.RuntimeHelpers" or Foldability.CompilerHelpers)
        && method.Name != "op_Implicit";

    /// <summary>
    /// What must run so that the wanted values are there: their inputs, and every pending use of the memory they share, in program order.
    /// </summary>
    public IReadOnlyList<BuildNode> Closure(IReadOnlyList<BuildNode> wanted)
    {
        pending.RemoveAll(node => node.State != BuildState.Pending);
        var last = wanted.Max(node => node.Order);
        var closure = new HashSet<BuildNode>();
        var groups = new HashSet<BuildNode>();
        wanted.ToList().ForEach(node => Include(node, closure, groups));
        int before;
        do
        {
            before = closure.Count;
            foreach (var node in pending.Concat(locals).Where(node => node.Order <= last && !closure.Contains(node) && Memory(node).Any(groups.Contains)))
            {
                Include(node, closure, groups);
            }
        }
        while (closure.Count > before);

        return [.. closure.OrderBy(node => node.Order)];
    }

    public Mark Save() => new(nodes.Count, [.. frozen], constantCalls.Count);

    public void Restore(Mark mark)
    {
        var undone = nodes.Skip(mark.Nodes).ToList();
        undone.Where(node => node is { Mutates: true, State: BuildState.Done }).ToList().ForEach(Spoil);
        undone.ForEach(node => nodeOf.Remove(node.Instruction));
        reads.RemoveAll(read => read.Order > mark.Nodes);
        nodes.RemoveRange(mark.Nodes, nodes.Count - mark.Nodes);
        pending.RemoveAll(node => node.Order >= mark.Nodes);
        locals.RemoveAll(node => node.Order >= mark.Nodes);
        slots.Where(entry => entry.Value.Order >= mark.Nodes).Select(entry => entry.Key).ToList().ForEach(slot => slots.Remove(slot));
        frozen = [.. mark.Frozen];
        constantCalls = constantCalls.GetRange(0, mark.ConstantCalls);
    }

    private void Include(BuildNode first, HashSet<BuildNode> closure, HashSet<BuildNode> groups)
    {
        var open = new Stack<BuildNode>();
        open.Push(first);
        while (open.Count > 0)
        {
            var node = open.Pop();
            if (closure.Add(node))
            {
                groups.UnionWith(Memory(node));
                node.Instruction.Inputs.Select(NodeOf).OfType<BuildNode>().Where(input => input.IsLocal || input.State == BuildState.Pending).ToList().ForEach(open.Push);
            }
        }
    }

    /// <summary>The groups of memory a node's inputs and value lie in.</summary>
    private IEnumerable<BuildNode> Memory(BuildNode node) => node.Instruction.Inputs.Select(NodeOf).OfType<BuildNode>().Append(node)
        .Where(candidate => candidate.IsMutable || candidate.IsView)
        .Select(candidate => candidate.Group);
}
