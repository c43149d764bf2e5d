using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Emission;

/// <summary>
/// The order blocks stand in: reverse post-order, but for scopes, each of which is one run of blocks that begins with its entry, a
/// <c>try</c> followed by its handlers, a filter followed by its handler.
/// </summary>
internal sealed class BlockLayout
{
    private readonly List<BasicBlock> blocks = [];
    private readonly IReadOnlyList<BasicBlock> order;
    private readonly Dictionary<Scope, (int Start, int End)> spans = [];

    public BlockLayout(Function function)
    {
        order = new ControlFlow(function.Entry).ReversePostOrder;
        Place(null, order);
    }

    public IReadOnlyList<BasicBlock> Blocks => blocks;

    /// <summary>Every <c>try</c>, the inner before the outer, as the runtime wants their clauses.</summary>
    public IEnumerable<TryScope> Tries => spans.Keys.OfType<TryScope>().OrderByDescending(scope => Scope.Outwards(scope).Count()).ThenBy(scope => spans[scope].Start);

    /// <summary>The first block of a scope.</summary>
    public BasicBlock Start(Scope scope) => blocks[spans[scope].Start];

    /// <summary>The block behind a scope, or null at the end.</summary>
    public BasicBlock? End(Scope scope) => spans[scope].End < blocks.Count ? blocks[spans[scope].End] : null;

    private void Place(Scope? around, IEnumerable<BasicBlock> members)
    {
        foreach (var group in members.GroupBy(block => Unit(block, around)))
        {
            if (group.Key is BasicBlock block)
            {
                blocks.Add(block);
                continue;
            }

            var guarded = (TryScope)group.Key;
            PlaceScope(guarded, group);
            foreach (var handler in guarded.Handlers)
            {
                if (handler.Filter is { } filter)
                {
                    PlaceScope(filter, group);
                }

                PlaceScope(handler, group);
            }
        }
    }

    private void PlaceScope(Scope scope, IEnumerable<BasicBlock> candidates)
    {
        var start = blocks.Count;
        Place(scope, candidates.Where(block => scope.Contains(block.Scope)));
        spans.Add(scope, (start, blocks.Count));
    }

    /// <summary>What a block moves with: itself, or the outermost <c>try</c> within <paramref name="around"/> that it or its handler belongs to.</summary>
    private static object Unit(BasicBlock block, Scope? around) => Scope.Outwards(block.Scope).FirstOrDefault(scope => scope.Parent == around && scope != around) switch
    {
        null => block,
        HandlerScope handler => handler.Guarded,
        FilterScope filter => filter.Handler.Guarded,
        var guarded => guarded,
    };
}
