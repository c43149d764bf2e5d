using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Weaving;
using Mono.Cecil;
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
    private readonly Dictionary<Value, BuildNode> loaded = [];
    private readonly List<BuildNode> nodes = [];
    private readonly List<BuildNode> pending = [];

    /// <summary>Writes that happen again in each slice that needs them: those to ref structs of the slice. A view comes with what uses it.</summary>
    private readonly List<BuildNode> rewritten = [];

    /// <summary>Those of them that come out otherwise once what they read has changed.</summary>
    private readonly List<BuildNode> perishable = [];
    private readonly List<SlotLife> lives = [];
    private List<ConstantRuntimeCall> constantCalls = [];

    /// <summary>A place to return to when a trial fails.</summary>
    public sealed record Mark(int Nodes, int Lives, int ConstantCalls, int InstructionCount, int Journal);

    /// <summary>A call with constant arguments that stays at run time, and why.</summary>
    public sealed record ConstantRuntimeCall(Instruction Call, string Reason);

    public Function Bound { get; } = bound;

    /// <summary>Whether a constant has decided a branch.</summary>
    public bool IsDecided { get; set; }

    public Journal Journal { get; } = new();

    /// <summary>Groups that run-time code must find as the program leaves them at every moment: locals it addresses, what a handler sees of a body.</summary>
    public IEnumerable<BuildNode> RuntimeGroups =>
    [
        .. lives.Where(life => life.IsSeen).Select(life => life.Memory.Owner),
        .. nodes.Where(node => node.Memory is { StaysOriginal: true }).Select(node => node.Group),
    ];

    /// <summary>Groups whose contents in the workers are not the program's, for good.</summary>
    public IEnumerable<BuildNode> Spoiled => nodes.Where(node => node.Memory is { IsSpoiled: true }).Select(node => node.Group).Distinct();

    /// <summary>In program order.</summary>
    public IReadOnlyList<BuildNode> Nodes => nodes;

    public IReadOnlyList<ConstantRuntimeCall> ConstantCalls => constantCalls;

    /// <summary>Run-time instructions so far: what unrolling makes more of.</summary>
    public int InstructionCount { get; private set; }

    public BuildNode? NodeOf(Value value) => nodeOf.TryGetValue(value, out var node) ? node : null;

    /// <summary>Says that run-time code has a value of the build's by another instruction now.</summary>
    public void StandsFor(Value load, BuildNode node) => loaded[load] = node;

    /// <summary>What is known of a value that the build has made.</summary>
    public BuildValue? Made(Value value) => (NodeOf(value) ?? (loaded.TryGetValue(value, out var node) ? node : null))?.Value;

    /// <summary>The value, or the literal it has turned out to be.</summary>
    public Value Literal(Value value) => NodeOf(value)?.Literal ?? value;

    /// <summary>The literal to compare by: a native integer, which no literal can be on every machine, stands for one while it fits 32 bits.</summary>
    public Value Comparable(Value value) => NodeOf(value)?.Value is { Kind: ValueKind.IntPtr or ValueKind.UIntPtr, Value: { } number }
        && Convert.ToDecimal(number) is >= int.MinValue and <= int.MaxValue
            ? new Constant(Convert.ToInt32(number), Bound.Module.TypeSystem.Int32)
            : Literal(value);

    /// <summary>Whether a value is the build's: a literal, or a node whose memory is still the program's.</summary>
    public bool IsKnown(Value value) => value is Constant || NodeOf(value) is { IsUsable: true };

    /// <summary>Those of the first nodes whose memory run-time code has seen, or the build has done with.</summary>
    public IEnumerable<BuildNode> LostNodes(int count) => [.. nodes.Take(count).Where(node => node.Memory is { IsLost: true })];

    /// <summary>The first contents of the function's locals.</summary>
    public void BeginLocals(WalkState state)
    {
        foreach (var slot in Bound.Slots)
        {
            state.Slots[slot] = SlotContent.Of(NewLife(slot, state.Segment));
        }
    }

    /// <summary>Takes an instruction whose inputs are all known as the build's, if it may be executed there.</summary>
    public bool TryAdd(Instruction instruction, WalkState state)
    {
        if (foldability.Plan(instruction, this) is not { } plan)
        {
            return false;
        }

        SlotLife? life = null;
        if (instruction.Operand is Slot slot)
        {
            life = instruction.Code == Code.Stloc && foldability.HasSeparateLives(slot) ? NewLife(slot, state.Segment) : state.Slots[slot].Life;
            if (life is null)
            {
                return false;
            }
        }

        var inputs = instruction.Inputs.Select(NodeOf).OfType<BuildNode>().ToList();
        if (life is not null)
        {
            inputs.Add(life.Box);
        }

        var memory = inputs.Select(input => input.Memory).OfType<MemoryGroup>().ToList();
        var writes = Written(plan, instruction, life, memory);
        if (instruction.Code == Code.Ldloca && life is not null && life.Memory.CanBeDropped)
        {
            // An address alone tells nothing of what is there.
        }
        else if (memory.Any(group => !group.CanBeRead) || writes.Any(group => !group.CanBeWrittenIn(state.Segment)) || IsHalfInSlice(writes) || (foldability.IsView(instruction.Type) && writes.Any(group => group.IsOnHeap)))
        {
            return false;
        }

        AddNode(instruction, state, plan, life, inputs, memory, writes);
        return true;
    }

    private void AddNode(Instruction instruction, WalkState state, FoldPlan plan, SlotLife? life, List<BuildNode> inputs, List<MemoryGroup> memory, IReadOnlyList<MemoryGroup> writes)
    {
        var isView = foldability.IsView(instruction.Type);
        var node = new BuildNode(instruction, nodes.Count, inputs) { IsView = isView, Life = life };
        node.Memory = Result(node, plan, memory, state.Segment);
        node.Writes = writes;
        if (plan.Keeps && writes.Count > 0)
        {
            memory.Skip(1).ToList().ForEach(memory[0].Join);
        }

        if (plan.MayAliasStatics)
        {
            node.Memory?.StayOriginal();
        }

        if (plan.HoldsCode)
        {
            node.Memory?.HoldsCode();
        }

        var isRemade = isView || instruction.Code == Code.Ldftn && instruction.Operand is MethodReference || writes.Any(group => group.IsInSlice);
        node.IsLocal = isRemade && (isView || instruction.Code == Code.Ldftn || instruction.Type is null);
        if (instruction.Code == Code.Stloc)
        {
            state.Slots[life!.Slot] = SlotContent.Of(life);
        }

        EndPerishable(node);
        nodeOf[instruction] = node;
        nodes.Add(node);
        if (writes.Any(group => group.IsInSlice))
        {
            rewritten.Add(node);
        }

        if (plan.DependsOnContents || (writes.Any(group => group.IsInSlice) && memory.Any(group => group.Reach().Any(reached => reached.IsOnHeap))))
        {
            perishable.Add(node);
        }

        if (!node.IsLocal)
        {
            pending.Add(node);
        }
    }

    /// <summary>A later slice would not make again what was made of memory that is now written to.</summary>
    private void EndPerishable(BuildNode writer)
    {
        var written = new HashSet<BuildNode>(writer.Writes.Where(group => group.IsOnHeap).Select(group => group.Owner));
        foreach (var node in perishable.Where(node => written.Count > 0 && node.Touched.Any(group => written.Contains(group.Owner)) && CanMove(node, writer)))
        {
            (node.IsView ? [node.Memory!] : node.Writes).ToList().ForEach(group => group.End());
        }
    }

    /// <summary>A list's span stays where it is, whatever is written through it, until a call is given the list.</summary>
    private static bool CanMove(BuildNode view, BuildNode writer) =>
        view.Instruction.Method is not { Name: "AsSpan", DeclaringType.FullName: "System.Runtime.InteropServices.CollectionsMarshal" }
        || (writer.Instruction.IsCall && writer.Inputs.Any(input => input.IsMutable && view.Inputs[0].Memory!.IsSameAs(input.Memory!)));

    /// <summary>
    /// Leaves out the disposal of an object that only the build has, at a place where the build cannot execute it: nobody will know whether it has
    /// happened. What uses the object after all gets it from the program.
    /// </summary>
    public bool TryDrop(Instruction instruction, WalkState state)
    {
        if (instruction is not { Type: null, IsCall: true, Method.Name: "Dispose" }
            || instruction.Inputs.Any(input => input is not Constant && NodeOf(input) is not { State: not BuildState.Failed })
            || foldability.Plan(instruction, this) is not { } plan)
        {
            return false;
        }

        var inputs = instruction.Inputs.Select(NodeOf).OfType<BuildNode>().ToList();
        var writes = Written(plan, instruction, null, [.. inputs.Select(input => input.Memory).OfType<MemoryGroup>()]);
        if (writes.Count == 0 || writes.All(group => group.CanBeWrittenIn(state.Segment)) || !writes.All(group => group.CanBeDropped) || !IsFrameworkDisposal(instruction, writes))
        {
            return false;
        }

        var node = new BuildNode(instruction, nodes.Count, inputs) { State = BuildState.Done, Writes = writes };
        nodeOf[instruction] = node;
        nodes.Add(node);
        writes.ToList().ForEach(group => group.End());
        return true;
    }

    /// <summary>A user's disposal may throw. The framework's enumerators do not, unless they dispose of a user's.</summary>
    private bool IsFrameworkDisposal(Instruction disposal, IReadOnlyList<MemoryGroup> writes) =>
        disposal.Prefixes.Constrained is { } receiver && receiver.FullName.StartsWith("System.Collections.", StringComparison.Ordinal)
        || nodes.Where(node => node.Instruction.IsCall && node.Memory is { } memory && writes.Any(memory.IsSameAs))
            .All(node => node.Instruction.Method!.DeclaringType is var type && (type.FullName.StartsWith("System.", StringComparison.Ordinal) || MethodNames.IsCompilerMade(type)));

    /// <summary>The one whole store into a life, if the build made it and there is no other.</summary>
    public Instruction? WholeStore(SlotLife life) =>
        nodes.Where(node => node.Life == life && node.Instruction.Code == Code.Stloc).Take(2).ToList() is [var store] ? store.Instruction : null;

    /// <summary>The lives a local has begun since there were so many nodes.</summary>
    public IEnumerable<SlotLife> LivesSince(Slot slot, int first) => lives.Where(life => life.Slot == slot && life.Box.Order >= first);

    public void AddRuntime(Instruction instruction, bool isConstant, WalkState state)
    {
        InstructionCount++;
        if (instruction.Operand is Slot slot)
        {
            if (instruction.Code != Code.Stloc || !foldability.HasSeparateLives(slot))
            {
                // Memory that run-time code addresses must hold all that was written to it.
                state.Slots[slot].See(Journal);
                state.Slots[slot] = SlotContent.Runtime([state.Slots[slot]]);
            }
            else
            {
                state.Slots[slot] = SlotContent.Runtime([]);
            }
        }

        if (isConstant && instruction.IsCall)
        {
            constantCalls.Add(new ConstantRuntimeCall(instruction, foldability.WhyNot(instruction, this)));
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
    /// Executes what is worth storing once the walk is over: what takes more than putting literals in place. A literal array that run-time
    /// code uses is as well made where it stands.
    /// </summary>
    public void ExecuteAtEnd(IReadOnlyList<BuildNode> wanted)
    {
        var worth = wanted.Where(node => node.State == BuildState.Pending && Closure([node, .. Uses(node)]).Any(IsWork)).ToList();

        // What nobody wants goes away too, once it is known not to throw.
        worth.AddRange(pending.Where(node => node.State == BuildState.Pending && IsWork(node) && !IsNewAndBare(node) && !worth.Contains(node)));

        // An object is stored as the last write leaves it, and that write may come after everything that is wanted.
        var groups = new HashSet<BuildNode>(worth.Concat(wanted.Where(node => node.State == BuildState.Done)).SelectMany(node => node.Touched).Select(group => group.Owner));
        Execute([.. worth, .. pending.Where(node => node.Mutates && node.Touched.Any(group => groups.Contains(group.Owner)))]);
    }

    private IEnumerable<BuildNode> Uses(BuildNode made) => made.IsMutable
        ? pending.Where(node => node.State == BuildState.Pending && node.Touched.Any(group => group.Owner == made.Group))
        : [];

    /// <summary>A new object that nothing was given or done to is as well made where it stands.</summary>
    public bool IsNewAndBare(BuildNode node) => node is { IsMutable: true, Instruction: { Code: Code.Newobj, Inputs.Count: 0 } } && !IsWritten(node);

    /// <summary>Has values described as they are now, so that they can be stored; false when the workers disagree about them.</summary>
    public bool Describe(IReadOnlyList<BuildNode> wanted) => runner.Refresh(wanted);

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
            foreach (var node in pending.Concat(rewritten).Where(node => node.Order <= last && !closure.Contains(node) && node.Touched.Any(group => groups.Contains(group.Owner))))
            {
                Include(node, closure, groups);
            }
        }
        while (closure.Count > before);

        return [.. closure.OrderBy(node => node.Order)];
    }

    public Mark Save() => new(nodes.Count, lives.Count, constantCalls.Count, InstructionCount, Journal.Mark);

    public void Restore(Mark mark)
    {
        // What was written in the workers stays written there.
        var undone = nodes.Skip(mark.Nodes).ToList();
        var written = new HashSet<BuildNode>(undone.Where(node => node is { State: BuildState.Done, IsLocal: false }).SelectMany(node => node.Writes).Select(group => group.Owner));
        var spoiled = nodes.Take(mark.Nodes).Where(node => node.Memory is not null && written.Contains(node.Group)).ToList();
        Journal.UndoTo(mark.Journal);
        spoiled.ForEach(node => node.Memory!.Spoil());

        undone.ForEach(node => nodeOf.Remove(node.Instruction));
        nodes.RemoveRange(mark.Nodes, nodes.Count - mark.Nodes);
        pending.RemoveAll(node => node.Order >= mark.Nodes);
        rewritten.RemoveAll(node => node.Order >= mark.Nodes);
        perishable.RemoveAll(node => node.Order >= mark.Nodes);
        lives.RemoveRange(mark.Lives, lives.Count - mark.Lives);
        constantCalls = constantCalls.GetRange(0, mark.ConstantCalls);
        InstructionCount = mark.InstructionCount;
    }

    /// <summary>Whether the build writes to memory that a node makes or reads.</summary>
    public bool IsWritten(BuildNode node)
    {
        var groups = new HashSet<BuildNode>(node.Touched.Select(group => group.Owner));
        return nodes.Any(other => other.Writes.Any(group => groups.Contains(group.Owner)));
    }

    /// <summary>More than putting literals in place.</summary>
    public static bool IsWork(BuildNode node) => node.Instruction.Code is Code.Ldelema or Code.Ldelem_Any or Code.Ldelem_Ref or (>= Code.Ldelem_I1 and <= Code.Ldelem_R8)
        || (node.Instruction.IsCall && !SourceCalls.PutsLiterals(node));

    private IReadOnlyList<MemoryGroup> Written(FoldPlan plan, Instruction instruction, SlotLife? life, List<MemoryGroup> memory)
    {
        var extent = memory.Any(group => group.Reach().Any(reached => reached.RunsCode)) && plan.CallsCode ? Extent.Everything : plan.Writes;
        var written = extent switch
        {
            Extent.Everything => memory,
            Extent.Receiver => NodeOf(instruction.Inputs[0])?.Memory is { } receiver ? [receiver] : [],
            Extent.Local => [life!.Memory],
            _ => [],
        };
        var isThrough = extent == Extent.Everything || (extent == Extent.Receiver && plan.Keeps);
        return [.. isThrough ? written.SelectMany(group => group.Reach()).Distinct() : written];
    }

    /// <summary>A write to both a ref struct of the slice and an object that outlives it could neither be made once nor again.</summary>
    private static bool IsHalfInSlice(IReadOnlyList<MemoryGroup> writes) => writes.Any(group => group.IsInSlice) && writes.Any(group => group.IsOnHeap);

    private MemoryGroup? Result(BuildNode node, FoldPlan plan, List<MemoryGroup> memory, Segment segment)
    {
        if (plan.IsFixed || (!node.IsView && !foldability.IsMutable(node.Instruction.Type)))
        {
            return null;
        }

        if (plan.IsPartOfReceiver && node.IsView && node.Inputs.Count > 0 && node.Inputs[0].Memory is { } receiver)
        {
            return receiver;
        }

        if (memory.Count > 0 && !plan.IsFresh)
        {
            if (!node.IsView)
            {
                memory.Add(new MemoryGroup(node, segment, Journal) { IsOnHeap = true });
            }

            memory.Skip(1).ToList().ForEach(memory[0].Join);
            return memory[0];
        }

        var own = new MemoryGroup(node, segment, Journal) { IsOnHeap = !node.IsView };
        memory.ForEach(own.AddReach);
        return own;
    }

    private SlotLife NewLife(Slot slot, Segment segment)
    {
        var isInSlice = foldability.IsView(slot.Type);
        var module = Bound.Module;
        var box = new BuildNode(new Instruction(Code.Newarr, slot.Type, new ArrayType(slot.Type), [new Constant(1, module.TypeSystem.Int32)]), nodes.Count, []);
        box.Memory = new MemoryGroup(box, segment, Journal) { IsInSlice = isInSlice, IsOnHeap = !isInSlice };
        box.IsLocal = isInSlice;
        nodes.Add(box);
        if (!isInSlice)
        {
            pending.Add(box);
        }

        var life = new SlotLife(slot, box, isInSlice);
        lives.Add(life);
        return life;
    }

    private static void Include(BuildNode first, HashSet<BuildNode> closure, HashSet<BuildNode> groups)
    {
        var open = new Stack<BuildNode>();
        open.Push(first);
        while (open.Count > 0)
        {
            var node = open.Pop();
            if (closure.Add(node))
            {
                groups.UnionWith(node.Touched.Select(group => group.Owner));
                node.Inputs.Where(input => input.IsLocal || input.State == BuildState.Pending).ToList().ForEach(open.Push);
            }
        }
    }
}
