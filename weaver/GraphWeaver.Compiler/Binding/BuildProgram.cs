using GraphWeaver.Compiler.Evaluation;
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
    private HashSet<BuildNode> frozen = [];
    private HashSet<BuildNode> observed = [];
    private List<ConstantRuntimeCall> constantCalls = [];

    /// <summary>A place to return to when a trial fails.</summary>
    public sealed record Mark(int Nodes, HashSet<BuildNode> Frozen, HashSet<BuildNode> Observed, int ConstantCalls, int InstructionCount);

    /// <summary>A call with constant arguments that stays at run time, and why.</summary>
    public sealed record ConstantRuntimeCall(Instruction Call, string Reason);

    public Function Bound { get; } = bound;

    /// <summary>Groups of locals that run-time code addresses.</summary>
    public IEnumerable<BuildNode> RuntimeGroups => slots.Where(entry => runtimeSlots.Contains(entry.Key)).Select(entry => entry.Value.Group);

    /// <summary>Groups whose contents in the workers are not the program's, for good.</summary>
    public IEnumerable<BuildNode> Spoiled => spoiled.Select(node => node.Group);

    /// <summary>In program order.</summary>
    public IReadOnlyList<BuildNode> Nodes => nodes;

    public IReadOnlyList<ConstantRuntimeCall> ConstantCalls => constantCalls;

    /// <summary>Run-time instructions so far: what unrolling makes more of.</summary>
    public int InstructionCount { get; private set; }

    public BuildNode? NodeOf(Value value) => nodeOf.TryGetValue(value, out var node) ? node : null;

    /// <summary>The value, or the literal it has turned out to be.</summary>
    public Value Literal(Value value) => NodeOf(value)?.Literal ?? value;

    /// <summary>The literal to compare by: a native integer, which no literal can be on every machine, stands for one while it fits 32 bits.</summary>
    public Value Comparable(Value value) => NodeOf(value)?.Value is { Kind: ValueKind.IntPtr or ValueKind.UIntPtr, Value: { } number }
        && Convert.ToDecimal(number) is >= int.MinValue and <= int.MaxValue
            ? new Constant(Convert.ToInt32(number), Bound.Module.TypeSystem.Int32)
            : Literal(value);

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

    /// <summary>Run-time code reads the memory and lets it be: the build may still read it, but write to it no more.</summary>
    public void Observe(BuildNode node)
    {
        if (node.IsMutable || node.IsView)
        {
            observed.Add(node.Group);
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
        if (mutates && shared.Any(input => observed.Contains(input.Group)))
        {
            return false;
        }

        var seen = shared.Any(input => observed.Contains(input.Group));
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

        if (seen && (node.IsMutable || node.IsView))
        {
            Observe(node);
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

        // An object is stored as the last write leaves it, and that write may come after everything that is wanted.
        var groups = new HashSet<BuildNode>(worth.Concat(wanted.Where(node => node.State == BuildState.Done)).SelectMany(Memory));
        Execute([.. worth, .. pending.Where(node => node.Mutates && Memory(node).Any(groups.Contains))]);
    }

    /// <summary>Has values described as they are now, so that they can be stored; false when the workers disagree about them.</summary>
    public bool Describe(IReadOnlyList<BuildNode> wanted) => runner.Refresh(wanted);

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

    public Mark Save() => new(nodes.Count, [.. frozen], [.. observed], constantCalls.Count, InstructionCount);

    public void Restore(Mark mark)
    {
        var undone = nodes.Skip(mark.Nodes).ToList();
        undone.Where(node => node is { Mutates: true, State: BuildState.Done, IsLocal: false }).ToList().ForEach(Spoil);
        undone.ForEach(node => nodeOf.Remove(node.Instruction));
        nodes.RemoveRange(mark.Nodes, nodes.Count - mark.Nodes);
        pending.RemoveAll(node => node.Order >= mark.Nodes);
        locals.RemoveAll(node => node.Order >= mark.Nodes);
        slots.Where(entry => entry.Value.Order >= mark.Nodes).Select(entry => entry.Key).ToList().ForEach(slot => slots.Remove(slot));
        frozen = [.. mark.Frozen.Select(node => node.Group)];
        observed = [.. mark.Observed.Select(node => node.Group)];
        constantCalls = constantCalls.GetRange(0, mark.ConstantCalls);
        InstructionCount = mark.InstructionCount;
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

    /// <summary>Whether the build writes to memory that a node makes or reads.</summary>
    public bool IsWritten(BuildNode node)
    {
        var groups = new HashSet<BuildNode>(Memory(node));
        return nodes.Any(other => other.Mutates && Memory(other).Any(groups.Contains));
    }

    /// <summary>The groups of memory a node's inputs and value lie in.</summary>
    private IEnumerable<BuildNode> Memory(BuildNode node) => node.Instruction.Inputs.Select(NodeOf).OfType<BuildNode>().Append(node)
        .Where(candidate => candidate.IsMutable || candidate.IsView)
        .Select(candidate => candidate.Group);
}
