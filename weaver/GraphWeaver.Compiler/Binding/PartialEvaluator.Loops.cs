using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.Passes;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// Loops of the walk. One that constants leave is unrolled, trip by trip, within the budget; any other is copied as a loop, and walked again with what its
/// body hands to run-time code handed over before it, until nothing is new.
/// </summary>
internal sealed partial class PartialEvaluator
{
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
}
