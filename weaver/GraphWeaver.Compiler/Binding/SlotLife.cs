using GraphWeaver.Compiler.IR;

namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// What a local whose address is taken holds from one whole store to the next. In the workers that is the element of an array of length one,
/// so that it has an address and outlives the slice; a span or another ref struct is instead a local of each slice that needs it.
/// </summary>
internal sealed class SlotLife(Slot slot, BuildNode box, bool isInSlice)
{
    public Slot Slot { get; } = slot;

    /// <summary>The array; for a ref struct only the owner of its memory.</summary>
    public BuildNode Box { get; } = box;

    public bool IsInSlice { get; } = isInSlice;

    public MemoryGroup Memory => Box.Memory!;

    /// <summary>Whether run-time code may see it: then all that was done to it stays.</summary>
    public bool IsSeen { get; set; }
}

/// <summary>What a local may hold at one place: one life that the build knows, or run-time contents that come from other places.</summary>
internal sealed class SlotContent
{
    private readonly List<SlotContent> sources;
    private bool isSeen;

    private SlotContent(SlotLife? life, List<SlotContent> sources)
    {
        Life = life;
        this.sources = sources;
    }

    /// <summary>The life, where the build knows it.</summary>
    public SlotLife? Life { get; }

    public static SlotContent Of(SlotLife life) => new(life, []);

    public static SlotContent Runtime(IEnumerable<SlotContent> sources) => new(null, [.. sources]);

    /// <summary>What a local holds where paths meet.</summary>
    public static SlotContent Merge(IReadOnlyList<SlotContent> contents) =>
        contents.All(content => content == contents[0] || (content.Life is not null && content.Life == contents[0].Life)) ? contents[0] : Runtime(contents);

    /// <summary>Contents of one more path into a run-time loop.</summary>
    public void Add(SlotContent source, Journal journal)
    {
        sources.Add(source);
        journal.Record(() => sources.Remove(source));
        if (isSeen)
        {
            source.See(journal);
        }
    }

    /// <summary>Run-time code reads the local or takes its address here.</summary>
    public void See(Journal journal)
    {
        if (isSeen)
        {
            return;
        }

        isSeen = true;
        journal.Record(() => isSeen = false);
        if (Life is { IsSeen: false } life)
        {
            life.IsSeen = true;
            journal.Record(() => life.IsSeen = false);
            life.Memory.Freeze();
        }

        sources.ForEach(source => source.See(journal));
    }
}
