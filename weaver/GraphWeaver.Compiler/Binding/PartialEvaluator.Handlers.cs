using GraphWeaver.Compiler.IR;
using Mono.Cecil.Cil;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// <c>try</c>, handlers and filters of the walk. A handler sees what the program leaves in memory at any place of the body, so that locals both share hold run-time
/// contents there, and objects the body has written to are at an unknown state.
/// </summary>
internal sealed partial class PartialEvaluator
{
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
}
