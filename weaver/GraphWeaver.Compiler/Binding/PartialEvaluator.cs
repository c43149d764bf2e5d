using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Operators;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// The online partial evaluator. It walks the function in program order with a store that maps each source value to a value of the bound
/// function: a literal, an instruction the build may execute (<see cref="BuildNode"/>), or run-time code. A constant branch follows one edge; a
/// run-time branch is copied with both arms, and where arms meet, what differs becomes a phi. Blocks are taken in reverse post-order, each once
/// all its edges are known, with an inner loop as one step of the region around it: a loop whose exits are decided by constants unrolls,
/// any other stays a loop whose header phis are run-time values.
/// Objects the build owns may be mutated by it only within one straight run of constant control flow (a segment); after that, and once
/// run-time code has seen them, they are run-time objects.
/// Holds before: a verified function. Holds after: the bound function does what the source does even if the build executes nothing.
/// </summary>
internal sealed class PartialEvaluator
{
    private readonly Function source;
    private readonly LoopForest loops;
    private readonly ControlFlow flow;
    private readonly BuildProgram program;
    private readonly UnrollBudget budget;
    private readonly Dictionary<(BasicBlock Header, Phi Phi), Phi> headerPhis = [];
    private BasicBlock cursor = null!;
    private Dictionary<Value, Value> store = [];
    private int segment;
    private int lastSegment;

    private PartialEvaluator(Function source, ControlFlow flow, LoopForest loops, BuildProgram program, UnrollBudget budget)
    {
        this.source = source;
        this.flow = flow;
        this.loops = loops;
        this.program = program;
        this.budget = budget;
    }

    /// <summary>Binds a function; the result is the source itself where its graph is irreducible or has handlers.</summary>
    public static Function Run(Function source, BuildProgram program, UnrollBudget budget)
    {
        var flow = new ControlFlow(source.Entry);
        var loops = new LoopForest(flow);
        if (!loops.IsReducible || source.HasScopes)
        {
            return source;
        }

        var evaluator = new PartialEvaluator(source, flow, loops, program, budget);
        evaluator.Walk();
        return program.Bound;
    }

    /// <summary>
    /// A way into a source block: the bound block that leaves for it, through which target (-1: by running on), from which source block, with
    /// which store.
    /// </summary>
    private sealed record Edge(BasicBlock From, int Target, BasicBlock Origin, Dictionary<Value, Value> Store);

    /// <summary>The edges that leave a region: back to its header, and out of it.</summary>
    private sealed class Departures
    {
        public List<Edge> Back { get; } = [];

        public List<(BasicBlock Target, Edge Edge)> Out { get; } = [];
    }

    private void Walk()
    {
        program.Bound.Arguments.AddRange(source.Arguments);
        program.Bound.Slots.AddRange(source.Slots);
        cursor = NewBlock();
        WalkRegion(null, source.Entry);
        PruneUnreachable.Run(program.Bound);
    }

    /// <summary>Walks a loop's body once, or the whole function, beginning in <paramref name="head"/>, which the cursor has entered already.</summary>
    private Departures WalkRegion(Loop? loop, BasicBlock head)
    {
        var departures = new Departures();
        var pending = new Dictionary<BasicBlock, List<Edge>>();
        void Leave(BasicBlock target, Edge edge)
        {
            if (loop is not null && target == loop.Header)
            {
                departures.Back.Add(edge);
            }
            else if (loop is not null && !loop.Contains(target))
            {
                departures.Out.Add((target, edge));
            }
            else
            {
                pending.TryGetValue(target, out var edges);
                (pending[target] = edges ?? []).Add(edge);
            }
        }

        WalkBlock(head, Leave);
        while (pending.Count > 0)
        {
            var block = pending.Keys.OrderBy(flow.IndexOf).First();
            var edges = pending[block];
            pending.Remove(block);
            if (loops.HeadedBy(block) is { } inner)
            {
                WalkLoop(inner, edges).ForEach(departure => Leave(departure.Target, departure.Edge));
            }
            else
            {
                Enter(block, edges, isLoopHeader: false);
                WalkBlock(block, Leave);
            }
        }

        return departures;
    }

    /// <summary>Unrolls a loop, or copies it as a loop; gives the edges that leave it.</summary>
    private List<(BasicBlock Target, Edge Edge)> WalkLoop(Loop loop, List<Edge> edges)
    {
        var checkpoint = new Checkpoint(program, edges.Select(edge => edge.From), segment);
        if (TryUnroll(loop, edges) is { } departures)
        {
            return departures;
        }

        segment = checkpoint.Restore();
        var header = Enter(loop.Header, edges, isLoopHeader: true);
        var body = WalkRegion(loop, loop.Header);
        foreach (var edge in body.Back)
        {
            Connect(edge, header);
            foreach (var phi in loop.Header.Phis)
            {
                headerPhis[(header, phi)].Operands.Add(new PhiOperand(edge.From, Escape(Map(phi.OperandFrom(edge.Origin), edge.Store))));
            }
        }

        return body.Out;
    }

    private List<(BasicBlock Target, Edge Edge)>? TryUnroll(Loop loop, List<Edge> edges)
    {
        if (!budget.BeginLoop(program.InstructionCount))
        {
            return null;
        }

        try
        {
            // A trial writes into copies of the stores: the loop may be walked again.
            edges = [.. edges.Select(edge => edge with { Store = new Dictionary<Value, Value>(edge.Store) })];
            var trips = 0;
            while (true)
            {
                Enter(loop.Header, edges, isLoopHeader: false);
                var departures = WalkRegion(loop, loop.Header);
                if (departures.Back.Count == 0)
                {
                    return departures.Out;
                }

                if (departures.Out.Count > 0 || !budget.AllowsTrip(++trips, program.InstructionCount, loop.Header))
                {
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

    /// <summary>Makes the cursor stand at the head of a source block, with the edges' stores merged.</summary>
    private BasicBlock Enter(BasicBlock block, List<Edge> edges, bool isLoopHeader)
    {
        if (edges.Count == 1 && edges[0].Target < 0 && !isLoopHeader)
        {
            cursor = edges[0].From;
            store = edges[0].Store;
            var values = block.Phis.ToDictionary(phi => phi, phi => Map(phi.OperandFrom(edges[0].Origin), store));
            foreach (var pair in values)
            {
                store[pair.Key] = pair.Value;
            }

            return cursor;
        }

        segment = ++lastSegment;
        cursor = NewBlock();
        edges.ForEach(edge => Connect(edge, cursor));

        // A value that is used below dominates this block, so every edge brings the same; what differs is dead here.
        var merged = edges[0].Store
            .Where(entry => edges.All(edge => edge.Store.TryGetValue(entry.Key, out var other) && other == entry.Value))
            .ToDictionary(entry => entry.Key, entry => entry.Value);

        foreach (var phi in block.Phis)
        {
            merged[phi] = Merge([.. edges.Select(edge => Map(phi.OperandFrom(edge.Origin), edge.Store))], edges, phi.Type!, isLoopHeader);
            if (isLoopHeader)
            {
                headerPhis[(cursor, phi)] = (Phi)merged[phi];
            }
        }

        store = merged;
        return cursor;
    }

    private Value Merge(IReadOnlyList<Value> values, IReadOnlyList<Edge> edges, TypeReference type, bool alwaysPhi)
    {
        if (!alwaysPhi && values.All(value => SameValue(value, values[0])))
        {
            return values[0];
        }

        var phi = new Phi(cursor, type);
        for (var i = 0; i < values.Count; i++)
        {
            phi.Operands.Add(new PhiOperand(edges[i].From, Escape(values[i])));
        }

        cursor.Phis.Add(phi);
        return phi;
    }

    private static bool SameValue(Value left, Value right) =>
        left == right || (left is Constant a && right is Constant b && SameLiteral(a.Literal, b.Literal) && StackTypes.Same(a.Type!, b.Type!));

    /// <summary>Numbers are the same when their bits are: two zeros and two NaNs can differ.</summary>
    private static bool SameLiteral(object? left, object? right) => (left, right) switch
    {
        (double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y),
        (float x, float y) => BitConverter.GetBytes(x).SequenceEqual(BitConverter.GetBytes(y)),
        _ => Equals(left, right),
    };

    private static void Connect(Edge edge, BasicBlock block)
    {
        if (edge.Target < 0)
        {
            edge.From.Terminator = Terminator.Jump(block);
        }
        else
        {
            edge.From.Terminator.Targets[edge.Target] = block;
        }
    }

    private void WalkBlock(BasicBlock block, Action<BasicBlock, Edge> leave)
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
            return;
        }

        if (terminator.Targets.Count == 1)
        {
            leave(terminator.Targets[0], new Edge(cursor, -1, block, store));
            return;
        }

        if (ConstantTarget(terminator, inputs) is { } target)
        {
            leave(target, new Edge(cursor, -1, block, store));
            return;
        }

        segment = ++lastSegment;
        cursor.Terminator = terminator.CopyWith(inputs.Select(Escape), terminator.Targets);
        for (var i = 0; i < terminator.Targets.Count; i++)
        {
            leave(terminator.Targets[i], new Edge(cursor, i, block, new Dictionary<Value, Value>(store)));
        }
    }

    private BasicBlock? ConstantTarget(Terminator terminator, List<Value> inputs)
    {
        if (inputs.All(input => input is Constant || IsBuildTime(input)))
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

        return ScalarEvaluator.IsTaken(terminator.Code, inputs) is { } taken ? terminator.Targets[taken ? 0 : 1] : null;
    }

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
            store[instruction] = literal;
            return;
        }

        if (Foldability.IsAssertion(instruction))
        {
            // Like a branch, an assertion wants its condition known.
            inputs[0] = IsBuildTime(inputs[0]) ? Known(inputs[0]) : inputs[0];
            if (inputs[0] is Constant { Literal: 1 })
            {
                return;
            }
        }

        var copy = instruction.CopyWith(inputs);
        cursor.Instructions.Add(copy);
        store[instruction] = copy;
        var isConstant = inputs.All(input => input is Constant || IsBuildTime(input));
        if (isConstant && program.TryAdd(copy, segment))
        {
            return;
        }

        program.AddRuntime(copy, isConstant);
        foreach (var node in inputs.Select(program.NodeOf).OfType<BuildNode>())
        {
            if (OnlyReads(copy))
            {
                program.Observe(node);
            }
            else
            {
                program.Freeze(node);
            }
        }
    }

    /// <summary>Run-time code that looks at an object, keeps no reference to it and writes nothing.</summary>
    private static bool OnlyReads(Instruction instruction) =>
        instruction.Code is Code.Ldlen or (>= Code.Ldelem_I1 and <= Code.Ldelem_R8) || (instruction.Code == Code.Call && OperatorTable.Find(instruction.Method!) is not null);

    private bool IsBuildTime(Value value) => program.NodeOf(value) is { } node && program.IsUsable(node, segment);

    /// <summary>Run-time code sees the value: from here on the build leaves its memory alone.</summary>
    private Value Escape(Value value)
    {
        if (program.NodeOf(value) is { } node)
        {
            program.Freeze(node);
        }

        return program.Literal(value);
    }

    private Value Map(Value value) => Map(value, store);

    private Value Map(Value value, Dictionary<Value, Value> from) => value is Constant or Argument ? value : program.Literal(from[value]);

    private BasicBlock NewBlock()
    {
        var block = new BasicBlock();
        program.Bound.Blocks.Add(block);
        return block;
    }
}
