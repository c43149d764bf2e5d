namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// A part of the bound function that runs under one set of run-time decisions. A run-time branch splits its segment into one share for each
/// arm; where arms meet again, their shares are added up. A share whose path has left the function is out of the count. So two places are
/// control-equivalent (whenever one has run, and the function was not left, the other runs exactly once) when the later one carries all that
/// is left of the earlier one's flow. An object that was made in one may then be written to in the other.
/// </summary>
internal sealed class Segment
{
    private readonly Journal journal;
    private readonly Segment? parent;
    private readonly Fraction share;
    private readonly bool isRepeated;
    private Fraction left = Fraction.Zero;

    public Segment(Journal journal)
        : this(journal, null, Fraction.One, isRepeated: false)
    {
    }

    private Segment(Journal journal, Segment? parent, Fraction share, bool isRepeated)
    {
        this.journal = journal;
        this.parent = parent;
        this.share = share;
        this.isRepeated = isRepeated;
    }

    /// <summary>Whether some of the flow has left the function from here.</summary>
    public bool HasLeft => !left.IsZero;

    /// <summary>One segment for each arm of a run-time branch.</summary>
    public IReadOnlyList<Segment> Split(int arms) =>
        [.. Enumerable.Range(0, arms).Select(_ => new Segment(journal, this, new Fraction(1, arms), isRepeated: false))];

    /// <summary>The body of a run-time loop: it may run any number of times.</summary>
    public Segment Repeat() => new(journal, this, Fraction.One, isRepeated: true);

    /// <summary>The path that walks this segment leaves the function.</summary>
    public void Leave()
    {
        var part = Fraction.One - left;
        for (var segment = this; segment is not null; segment = segment.parent)
        {
            var (changed, before) = (segment, segment.left);
            journal.Record(() => changed.left = before);
            segment.left += part;
            if (segment.isRepeated)
            {
                return;
            }

            part *= segment.share;
        }
    }

    public bool IsEquivalentTo(Segment earlier) => Part(earlier) is { } part && (part + earlier.left).IsOne;

    /// <summary>The segment in which paths go on together.</summary>
    public static Segment Merge(IReadOnlyList<Segment> paths)
    {
        for (var candidate = paths[0]; candidate is not null; candidate = candidate.parent)
        {
            var parts = paths.Select(path => path.Part(candidate)).ToList();
            if (parts.Any(part => part is null))
            {
                continue;
            }

            var sum = parts.Aggregate(Fraction.Zero, (total, part) => total + part!.Value);
            return (sum + candidate.left).IsOne ? candidate : new Segment(paths[0].journal, candidate, sum, isRepeated: false);
        }

        return new Segment(paths[0].journal).Repeat();
    }

    /// <summary>How much of an earlier segment's flow this one carries, or null when it is not a part of it or may run more than once for it.</summary>
    private Fraction? Part(Segment earlier)
    {
        var part = Fraction.One - left;
        for (var segment = this; segment != earlier; segment = segment.parent!)
        {
            if (segment.isRepeated || segment.parent is null)
            {
                return null;
            }

            part *= segment.share;
        }

        return part;
    }
}
