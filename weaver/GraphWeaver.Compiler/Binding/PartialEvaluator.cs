using GraphWeaver.Compiler.Evaluation;
using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Passes;
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
internal sealed partial class PartialEvaluator
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
        Unreachable.Remove(program.Bound);
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
