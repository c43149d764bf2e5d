using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Binding;

/// <summary>The abstract store of the walk at one place: the bound value of each source value, the contents of locals, and the segment.</summary>
internal sealed class WalkState(Segment segment)
{
    public Dictionary<Value, Value> Values { get; private set; } = [];

    public Dictionary<Slot, SlotContent> Slots { get; private set; } = [];

    public Segment Segment { get; set; } = segment;

    public WalkState Copy() => CopyFor(Segment);

    public WalkState CopyFor(Segment segment) => new(segment) { Values = new Dictionary<Value, Value>(Values), Slots = new Dictionary<Slot, SlotContent>(Slots) };

    /// <summary>The state where paths meet, with the values that all of them agree on.</summary>
    public static WalkState Merge(IReadOnlyList<WalkState> paths, Segment segment)
    {
        var first = paths[0];
        return new WalkState(segment)
        {
            Values = first.Values
                .Where(entry => paths.All(path => path.Values.TryGetValue(entry.Key, out var other) && other == entry.Value))
                .ToDictionary(entry => entry.Key, entry => entry.Value),
            Slots = first.Slots.Keys.ToDictionary(slot => slot, slot => SlotContent.Merge([.. paths.Select(path => path.Slots[slot])])),
        };
    }
}
