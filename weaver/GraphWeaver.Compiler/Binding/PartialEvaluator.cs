using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// The online partial evaluator. It walks the function in program order with a store that maps each source value to a value of the bound
/// function: a literal, an instruction the build may execute (<see cref="BuildNode"/>), or run-time code. A constant branch follows one edge; a
/// run-time branch is copied with both arms, and where arms meet, what differs becomes a phi. Blocks are taken in reverse post-order, each once
/// all its edges are known, with an inner loop as one step of the region around it: a loop that constants leave unrolls, any other stays a
/// loop whose header phis are run-time values.
/// Objects of the build may be read wherever run-time code has not seen them, and written to where that happens exactly as often as they are
/// made (<see cref="Segment"/>). A run-time loop is walked again with what it hands to run-time code handed over before it, until nothing is new.
/// Holds before: a verified function. Holds after: the bound function does what the source does even if the build executes nothing.
/// </summary>
internal sealed class PartialEvaluator
{
    private const int MostCopiesOfAnEnd = 8;
    private readonly Function source;
    private readonly LoopForest loops;
    private readonly ControlFlow flow;
    private readonly Liveness liveness;
    private readonly BuildProgram program;
    private readonly UnrollBudget budget;
    private readonly Dictionary<(BasicBlock Header, Phi Phi), Phi> headerPhis = [];
    private BasicBlock cursor = null!;
    private WalkState state;

    private PartialEvaluator(Function source, ControlFlow flow, LoopForest loops, BuildProgram program, UnrollBudget budget)
    {
        this.source = source;
        this.flow = flow;
        liveness = new Liveness(flow);
        this.loops = loops;
        this.program = program;
        this.budget = budget;
        state = new WalkState(new Segment(program.Journal));
    }

    /// <summary>Binds a function; the result is the source itself where its graph is irreducible.</summary>
    public static Function Run(Function source, BuildProgram program, UnrollBudget budget)
    {
        var flow = new ControlFlow(source.Entry);
        var loops = new LoopForest(flow);
        if (!loops.IsReducible)
        {
            return source;
        }

        var evaluator = new PartialEvaluator(source, flow, loops, program, budget);
        evaluator.Walk();
        return program.Bound;
    }

    private void Walk()
    {
        program.Bound.Arguments.AddRange(source.Arguments);
        program.Bound.Slots.AddRange(source.Slots);
        program.BeginLocals(state);
        cursor = NewBlock(null);
        WalkRegion(null, null, source.Entry);
        PruneUnreachable.Run(program.Bound);
    }

    /// <summary>
    /// Walks a loop's body once, the body of a <c>try</c> or handler, or the whole function, beginning in <paramref name="head"/>, which the
    /// cursor has entered already.
    /// </summary>
    private Departures WalkRegion(Loop? loop, Scope? scope, BasicBlock? head, Edge? first = null)
    {
        var departures = new Departures();
        var pending = new Dictionary<BasicBlock, List<Edge>>();
        void Leave(BasicBlock target, Edge edge)
        {
            if (loop is not null && target == loop.Header)
            {
                departures.Back.Add(edge);
            }
            else if ((loop is not null && !loop.Contains(target)) || (scope is not null && !scope.Contains(target.Scope)))
            {
                departures.Out.Add((target, edge));
            }
            else
            {
                pending.TryGetValue(target, out var edges);
                (pending[target] = edges ?? []).Add(edge);
            }
        }

        if (head is not null)
        {
            WalkBlock(head, Leave, loop, departures);
        }
        else
        {
            Leave(scope!.Entry, first!);
        }

        while (pending.Count > 0)
        {
            var block = Next(pending.Keys);
            var edges = pending[block];
            pending.Remove(block);
            if (block.Scope is TryScope guarded && guarded.Entry == block && !edges[0].IsInside && !guarded.Contains(edges[0].Origin.Scope))
            {
                WalkTry(guarded, edges).ForEach(departure => Leave(departure.Target, departure.Edge));
            }
            else if (loops.HeadedBy(block) is { } inner)
            {
                WalkLoop(inner, edges).ForEach(departure => Leave(departure.Target, departure.Edge));
            }
            else if (EndsDifferently(block, edges))
            {
                foreach (var edge in edges)
                {
                    Enter(block, [edge]);
                    WalkBlock(block, Leave, loop, departures);
                }
            }
            else
            {
                Enter(block, edges);
                WalkBlock(block, Leave, loop, departures);
            }
        }

        return departures;
    }

    /// <summary>
    /// Copies a <c>try</c> and then its handlers; gives the edges that leave them. What a handler sees of the body is memory only: locals it
    /// shares with the body hold run-time contents there, and an object that the body has written to is at an unknown state.
    /// </summary>
    private List<(BasicBlock Target, Edge Edge)> WalkTry(TryScope guarded, List<Edge> edges)
    {
        var door = WalkState.Merge([.. edges.Select(edge => edge.State)], Segment.Merge([.. edges.Select(edge => edge.State.Segment)]));
        var isSidePath = guarded.Handlers.All(IsSidePath);
        var arms = isSidePath ? [door.Segment] : door.Segment.Split(guarded.Handlers.Count + 1);
        var scope = new TryScope(ScopeFor(edges[0], guarded.Parent));
        var first = program.Nodes.Count;

        cursor = NewBlock(scope);
        scope.Entry = cursor;
        edges.ForEach(edge => Connect(edge, cursor));
        var departures = WalkRegion(null, guarded, null, new Edge(cursor, -1, edges[0].Origin, door.CopyFor(arms[0])) { IsInside = true }).Out;
        var written = program.Nodes.Skip(first).SelectMany(node => node.Writes).ToList();
        foreach (var slot in StoredIn(guarded).Union(FiltersAround(guarded).SelectMany(StoredIn)))
        {
            door.Slots[slot] = SlotContent.Runtime([door.Slots[slot], .. program.LivesSince(slot, first).Select(SlotContent.Of)]);
        }

        written.ForEach(group => group.Hide(program.Journal));
        var exits = new List<(BasicBlock Target, Edge Edge)>();
        for (var i = 0; i < guarded.Handlers.Count; i++)
        {
            exits.AddRange(WalkHandler(guarded.Handlers[i], scope, door, isSidePath ? door.Segment.Repeat() : arms[i + 1], written));
        }

        if (isSidePath)
        {
            exits.ForEach(exit => Return(exit.Target, exit.Edge));
        }

        written.ForEach(group => group.Show());
        foreach (var slot in guarded.Handlers.Where(handler => handler.Kind == ExceptionHandlerType.Finally).SelectMany(StoredIn))
        {
            // A finally stands between the body and where it is left for.
            var stored = program.LivesSince(slot, first).Select(SlotContent.Of).ToList();
            departures.ForEach(departure => departure.Edge.State.Slots[slot] = SlotContent.Runtime([departure.Edge.State.Slots[slot], .. stored]));
        }

        return [.. departures, .. exits];
    }

    /// <summary>A handler that returns hands over its result as the handler finds it.</summary>
    private void Return(BasicBlock target, Edge edge) =>
        target.Terminator.Inputs.ForEach(input => Escape(Map(input is Phi phi && phi.Block == target ? phi.OperandFrom(edge.Origin) : input, edge.State)));

    private IEnumerable<Slot> StoredIn(Scope scope) => source.Blocks
        .Where(block => scope.Contains(block.Scope))
        .SelectMany(block => block.Instructions)
        .Where(instruction => instruction.Code == Code.Stloc)
        .Select(instruction => (Slot)instruction.Operand!)
        .Distinct();

    /// <summary>Whether what comes after the whole never sees that the handler has run: a <c>finally</c>, or a <c>catch</c> that only returns or throws.</summary>
    private bool IsSidePath(HandlerScope handler) => source.Blocks
        .Where(block => handler.Contains(block.Scope) || (handler.Filter is { } filter && filter.Contains(block.Scope)))
        .All(block => block.Terminator.Code != Code.Leave || handler.Contains(block.Terminator.Targets[0].Scope) || block.Terminator.Targets[0] is { Instructions.Count: 0, Terminator.Targets.Count: 0 });

    /// <summary>The filters that may run before a handler of a <c>try</c> within theirs.</summary>
    private static IEnumerable<Scope> FiltersAround(TryScope guarded) =>
        Scope.Outwards(guarded.Parent).OfType<TryScope>().SelectMany(outer => outer.Handlers).Select(handler => handler.Filter).OfType<Scope>();

    /// <summary>Copies a handler and its filter; what the filter does is done where its handler begins, and where the next one is asked.</summary>
    private List<(BasicBlock Target, Edge Edge)> WalkHandler(HandlerScope handler, TryScope guarded, WalkState door, Segment segment, List<MemoryGroup> written)
    {
        var atEntry = door.CopyFor(segment);
        CaughtException? caught = null;
        if (handler.Caught is not null)
        {
            caught = new CaughtException(handler.Caught.Type!) { Variable = handler.Caught.Variable };
            atEntry.Values[handler.Caught] = caught;
        }

        var scope = new HandlerScope(guarded, handler.Kind, caught);
        guarded.Handlers.Add(scope);
        if (handler.Filter is { } filter)
        {
            var atFilter = atEntry.Copy();
            var filterCaught = new CaughtException(filter.Caught.Type!) { Variable = filter.Caught.Variable };
            atFilter.Values[filter.Caught] = filterCaught;
            scope.Filter = new FilterScope(scope, filterCaught);
            var first = program.Nodes.Count;
            WalkScope(filter, scope.Filter, atFilter);
            foreach (var slot in StoredIn(filter))
            {
                door.Slots[slot] = atEntry.Slots[slot] = SlotContent.Runtime([door.Slots[slot], .. program.LivesSince(slot, first).Select(SlotContent.Of)]);
            }

            foreach (var group in program.Nodes.Skip(first).SelectMany(node => node.Writes).Except(written).ToList())
            {
                group.Hide(program.Journal);
                written.Add(group);
            }
        }

        return WalkScope(handler, scope, atEntry);
    }

    private List<(BasicBlock Target, Edge Edge)> WalkScope(Scope original, Scope scope, WalkState atEntry)
    {
        cursor = NewBlock(scope);
        scope.Entry = cursor;
        state = atEntry;
        return WalkRegion(null, original, original.Entry).Out;
    }

    /// <summary>The place in a target's scope among the copies of scopes, seen from where an edge comes from.</summary>
    private static Scope? ScopeFor(Edge edge, Scope? target)
    {
        var common = Scope.Common(edge.Origin.Scope, target);
        var scope = edge.From.Scope;
        for (var outer = edge.Origin.Scope; outer != common; outer = outer!.Parent)
        {
            scope = scope!.Parent;
        }

        return scope;
    }

    /// <summary>Whether a last block of the function does better once for each trip that leaves for it: it calls something, with constants that differ.</summary>
    private bool EndsDifferently(BasicBlock block, List<Edge> edges) =>
        edges.Count is > 1 and <= MostCopiesOfAnEnd
        && edges.All(edge => edge.Origin == edges[0].Origin)
        && block.Successors.Count == 0
        && block.Instructions.Any(instruction => instruction.IsCall)
        && block.Phis.Select(phi => Incoming(phi, edges)).Concat(liveness.At(block).Select(value => edges.ConvertAll(edge => Map(value, edge.State))))
            .Any(values => values.All(program.IsKnown) && !values.All(value => Literals.SameValue(value, values[0])));

    /// <summary>
    /// Reverse post-order; but paths that only leave the function come first, and those that throw before those that return: what they let be
    /// is the others' alone.
    /// </summary>
    private BasicBlock Next(IEnumerable<BasicBlock> pending) => pending.OrderBy(Haste).ThenBy(flow.IndexOf).First();

    private int Haste(BasicBlock block) => block.Successors.Count > 0 || flow.Predecessors(block).Count > 1 ? int.MaxValue
        : block.Terminator.Code == Code.Ret ? 1 + block.Instructions.Count
        : 0;

    /// <summary>Unrolls a loop, or copies it as a loop; gives the edges that leave it.</summary>
    private List<(BasicBlock Target, Edge Edge)> WalkLoop(Loop loop, List<Edge> edges)
    {
        var checkpoint = new Checkpoint(program, edges.Select(edge => edge.From));
        if (TryUnroll(loop, edges) is { } departures)
        {
            return departures;
        }

        var runtimeSlots = new HashSet<Slot>();
        while (true)
        {
            checkpoint.Restore();
            if (WalkAsLoop(loop, [.. edges.Select(edge => edge with { State = edge.State.Copy() })], runtimeSlots, checkpoint) is { } exits)
            {
                return exits;
            }
        }
    }

    /// <summary>Copies a loop as a loop; null when something was taken for known at its head that its body makes unknown.</summary>
    private List<(BasicBlock Target, Edge Edge)>? WalkAsLoop(Loop loop, List<Edge> edges, HashSet<Slot> runtimeSlots, Checkpoint checkpoint)
    {
        var header = EnterLoop(loop.Header, edges);
        var outer = state.Segment;
        state.Segment = outer.Repeat();
        var inner = state.Segment;
        foreach (var slot in runtimeSlots)
        {
            state.Slots[slot] = SlotContent.Runtime([state.Slots[slot]]);
        }

        var atHead = state.Copy();
        var lost = program.LostNodes(checkpoint.Nodes);
        var body = WalkRegion(loop, null, loop.Header);
        var changed = source.Slots.Where(slot => atHead.Slots[slot].Life is { } life && body.Back.Any(edge => edge.State.Slots[slot].Life != life)).ToList();
        var handedOver = program.LostNodes(checkpoint.Nodes).Except(lost).ToList();
        if (changed.Count > 0 || handedOver.Count > 0)
        {
            runtimeSlots.UnionWith(changed);
            checkpoint.FreezeOnRestore(handedOver);
            return null;
        }

        foreach (var edge in body.Back)
        {
            Connect(edge, header);
            foreach (var phi in loop.Header.Phis)
            {
                headerPhis[(header, phi)].Operands.Add(new PhiOperand(edge.From, Escape(Map(phi.OperandFrom(edge.Origin), edge.State))));
            }

            foreach (var slot in source.Slots.Where(slot => atHead.Slots[slot].Life is null))
            {
                atHead.Slots[slot].Add(edge.State.Slots[slot], program.Journal);
            }
        }

        return LeaveLoop(body.Out, outer, inner);
    }

    /// <summary>The exits of a run-time loop are to the code after it what the arms of a branch are.</summary>
    private static List<(BasicBlock Target, Edge Edge)> LeaveLoop(List<(BasicBlock Target, Edge Edge)> exits, Segment outer, Segment inner)
    {
        var arms = outer.Split(exits.Count + (inner.HasLeft || exits.Count == 0 ? 1 : 0));
        for (var i = 0; i < exits.Count; i++)
        {
            exits[i].Edge.State.Segment = arms[i];
        }

        arms.Skip(exits.Count).ToList().ForEach(arm => arm.Leave());
        return exits;
    }

    private List<(BasicBlock Target, Edge Edge)>? TryUnroll(Loop loop, List<Edge> edges)
    {
        if (!budget.BeginLoop(program.InstructionCount))
        {
            return null;
        }

        try
        {
            // A trial writes into copies of the states: the loop may be walked again.
            edges = [.. edges.Select(edge => edge with { State = edge.State.Copy() })];
            var exits = new List<(BasicBlock Target, Edge Edge)>();
            var before = program.Nodes.Count;
            var trips = 0;
            while (true)
            {
                Enter(loop.Header, edges);
                var departures = WalkRegion(loop, null, loop.Header);
                exits.AddRange(departures.Out);
                if (departures.Back.Count == 0)
                {
                    return exits;
                }

                // With exits that are decided at run time a loop is only worth unrolling where that makes calls go away.
                var isWorth = exits.Count == 0 || (departures.HasDecidedExit && (program.Nodes.Skip(before).Any(BuildProgram.IsWork) || exits.Any(exit => CallsWithCounter(exit.Target, loop))));
                if (!isWorth || !budget.AllowsTrip(++trips, program.InstructionCount, loop.Header))
                {
                    budget.Exhaust(exits.Count == 0 && !departures.HasDecidedExit ? loop.Header : null);
                    return null;
                }

                edges = departures.Back;
            }
        }
        finally
        {
            budget.EndLoop();
        }
    }

    /// <summary>Whether what is done after an exit depends on the trip.</summary>
    private static bool CallsWithCounter(BasicBlock exit, Loop loop) =>
        exit.Instructions.Any(instruction => instruction.IsCall && instruction.Inputs.Any(input => input is Phi phi && phi.Block == loop.Header));

    /// <summary>Makes the cursor stand at the head of a source block, with the edges' states merged.</summary>
    private void Enter(BasicBlock block, List<Edge> edges)
    {
        if (edges.Count == 1 && edges[0].Target < 0 && edges[0].From.Scope == ScopeFor(edges[0], block.Scope))
        {
            cursor = edges[0].From;
            state = edges[0].State;
            var values = block.Phis.ToDictionary(phi => phi, phi => Map(phi.OperandFrom(edges[0].Origin), state));
            foreach (var pair in values)
            {
                state.Values[pair.Key] = pair.Value;
            }

            return;
        }

        var merged = EnterNew(block, edges);
        MergeLive(block, edges, merged);
        foreach (var phi in block.Phis)
        {
            merged.Values[phi] = Merge(Incoming(phi, edges), edges, phi);
        }

        state = merged;
    }

    /// <summary>Makes the cursor stand at the head of a loop that stays one: its phis are run-time values.</summary>
    private BasicBlock EnterLoop(BasicBlock block, List<Edge> edges)
    {
        var incoming = block.Phis.Select(phi => Incoming(phi, edges)).ToList();
        var merged = EnterNew(block, edges);
        if (liveness.At(block).Any(value => !merged.Values.ContainsKey(value)))
        {
            // What the ways in do not agree on is merged once, in a block before the loop.
            MergeLive(block, edges, merged);
            incoming = [.. block.Phis.Select((phi, i) => new List<Value> { Merge(incoming[i], edges, phi) })];
            edges = [new Edge(cursor, -1, block, merged)];
            cursor = NewBlock(cursor.Scope);
            Connect(edges[0], cursor);
        }

        for (var i = 0; i < block.Phis.Count; i++)
        {
            var bound = MakePhi(incoming[i], edges, block.Phis[i]);
            merged.Values[block.Phis[i]] = bound;
            headerPhis[(cursor, block.Phis[i])] = bound;
        }

        state = merged;
        return cursor;
    }

    /// <summary>Several trips of an unrolled loop may leave it for one place, each with its own values.</summary>
    private void MergeLive(BasicBlock block, List<Edge> edges, WalkState merged)
    {
        foreach (var value in liveness.At(block).Where(value => !merged.Values.ContainsKey(value)).ToList())
        {
            merged.Values[value] = Merge([.. edges.Select(edge => Map(value, edge.State))], edges, value);
        }
    }

    private WalkState EnterNew(BasicBlock block, List<Edge> edges)
    {
        cursor = NewBlock(ScopeFor(edges[0], block.Scope));
        edges.ForEach(edge => Connect(edge, cursor));
        return WalkState.Merge([.. edges.Select(edge => edge.State)], Segment.Merge([.. edges.Select(edge => edge.State.Segment)]));
    }

    private List<Value> Incoming(Phi phi, List<Edge> edges) => [.. edges.Select(edge => Map(phi.OperandFrom(edge.Origin), edge.State))];

    private Value Merge(List<Value> values, List<Edge> edges, Value original) =>
        values.All(value => Literals.SameValue(value, values[0])) ? values[0] : MakePhi(values, edges, original);

    private Phi MakePhi(List<Value> values, List<Edge> edges, Value original)
    {
        var phi = new Phi(cursor, original.Type) { Variable = original.Variable };
        for (var i = 0; i < values.Count; i++)
        {
            phi.Operands.Add(new PhiOperand(edges[i].From, Escape(values[i])));
        }

        cursor.Phis.Add(phi);
        return phi;
    }

    private static void Connect(Edge edge, BasicBlock block)
    {
        if (edge.Target < 0)
        {
            var stays = edge.From.Scope?.Contains(block.Scope) != false;
            edge.From.Terminator = new Terminator(stays ? Code.Br : Code.Leave, [], [block]) { Location = edge.Origin.Terminator.Location };
        }
        else
        {
            edge.From.Terminator.Targets[edge.Target] = block;
        }
    }

    private void WalkBlock(BasicBlock block, Action<BasicBlock, Edge> leave, Loop? loop, Departures departures)
    {
        foreach (var instruction in block.Instructions)
        {
            Step(instruction);
        }

        var terminator = block.Terminator;
        var inputs = terminator.Inputs.Select(Map).ToList();
        if (terminator.Targets.Count == 0)
        {
            cursor.Terminator = terminator.CopyWith(inputs.Select(Escape), []);
            state.Segment.Leave();
            return;
        }

        if (terminator.Targets.Count == 1)
        {
            leave(terminator.Targets[0], new Edge(cursor, -1, block, state));
            return;
        }

        if (ConstantTarget(terminator, inputs) is { } target)
        {
            program.IsDecided = true;
            departures.HasDecidedExit |= loop is not null && terminator.Targets.Any(other => !loop.Contains(other));
            leave(target, new Edge(cursor, -1, block, state));
            return;
        }

        cursor.Terminator = terminator.CopyWith(inputs.Select(Escape), terminator.Targets);
        var arms = state.Segment.Split(terminator.Targets.Count);
        for (var i = 0; i < terminator.Targets.Count; i++)
        {
            leave(terminator.Targets[i], new Edge(cursor, i, block, state.CopyFor(arms[i])));
        }
    }

    private BasicBlock? ConstantTarget(Terminator terminator, List<Value> inputs)
    {
        if (inputs.All(program.IsKnown))
        {
            program.Execute(inputs.Select(program.NodeOf).OfType<BuildNode>().ToList());
            inputs = [.. inputs.Select(program.Comparable)];
        }

        if (terminator.Code == Code.Switch)
        {
            return inputs[0] is Constant { Literal: int index }
                ? terminator.Targets[index >= 0 && index < terminator.Targets.Count - 1 ? index : terminator.Targets.Count - 1]
                : null;
        }

        return (ScalarEvaluator.IsTaken(terminator.Code, inputs) ?? IsTaken(terminator.Code, inputs)) is { } taken ? terminator.Targets[taken ? 0 : 1] : null;
    }

    /// <summary>Branches on objects: whether there is one, whether two are the same.</summary>
    private bool? IsTaken(Code code, List<Value> inputs)
    {
        var objects = inputs.Select(input => program.NodeOf(input)?.Value).ToList();
        return code switch
        {
            Code.Brtrue when objects[0] is { Kind: not ValueKind.Null } && IsReference(inputs[0]) => true,
            Code.Brfalse when objects[0] is { Kind: not ValueKind.Null } && IsReference(inputs[0]) => false,
            _ => null,
        };
    }

    private static bool IsReference(Value value) => StackTypes.KindOf(value.Type!) == StackKind.Reference;

    private Value Known(Value value)
    {
        program.Execute(program.NodeOf(value) is { } node ? [node] : []);
        return program.Literal(value);
    }

    private void Step(Instruction instruction)
    {
        budget.Step();
        var inputs = instruction.Inputs.Select(Map).ToList();
        if (ScalarEvaluator.Evaluate(instruction, inputs) is { } literal)
        {
            state.Values[instruction] = literal;
            return;
        }

        if (Foldability.IsAssertion(instruction))
        {
            // Like a branch, an assertion wants its condition known.
            inputs[0] = program.IsKnown(inputs[0]) ? Known(inputs[0]) : inputs[0];
            if (inputs[0] is Constant { Literal: 1 })
            {
                return;
            }
        }

        var copy = instruction.CopyWith(inputs);
        cursor.Instructions.Add(copy);
        state.Values[instruction] = copy;
        var isConstant = inputs.All(program.IsKnown);
        if (program.TryDrop(copy, state) || (isConstant && program.TryAdd(copy, state)))
        {
            return;
        }

        program.AddRuntime(copy, isConstant, state);
        foreach (var input in copy.Inputs)
        {
            if (RunTimeReads.OnlyReads(copy, input))
            {
                program.NodeOf(input)?.Memory?.Observe();
            }
            else
            {
                program.NodeOf(input)?.Memory?.Freeze();
            }
        }
    }

    /// <summary>Run-time code sees the value: from here on the build leaves its memory alone.</summary>
    private Value Escape(Value value)
    {
        program.NodeOf(value)?.Memory?.Freeze();
        return program.Literal(value);
    }

    private Value Map(Value value) => Map(value, state);

    private Value Map(Value value, WalkState from) => value is Constant or Argument ? value : program.Literal(from.Values[value]);

    private BasicBlock NewBlock(Scope? scope)
    {
        var block = new BasicBlock { Scope = scope };
        program.Bound.Blocks.Add(block);
        return block;
    }
}
