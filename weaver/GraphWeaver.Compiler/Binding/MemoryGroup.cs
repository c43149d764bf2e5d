namespace GraphWeaver.Compiler.Binding;

/// <summary>
/// Objects of the build that may share memory, as one set of a union-find forest; what is known of the set stands at its representative.
/// A group can also reach others: an enumerator reads its list, but is written to without it.
/// </summary>
internal sealed class MemoryGroup(BuildNode owner, Segment home, Journal journal)
{
    private readonly BuildNode owner = owner;
    private readonly List<Segment> homes = [home];
    private readonly List<MemoryGroup> reached = [];
    private MemoryGroup? representative;
    private bool isFrozen;
    private bool isObserved;
    private bool isSpoiled;
    private bool runsCode;
    private bool isHidden;
    private bool isOver;
    private bool staysOriginal;
    private bool isInSlice;
    private bool isOnHeap;

    public BuildNode Owner => Representative.owner;

    /// <summary>The build leaves the memory alone: run-time code has a reference, or nothing of the build's uses it from here on.</summary>
    public bool IsLost => Representative is { isFrozen: true } or { isOver: true };

    /// <summary>Run-time code reads the memory and lets it be: the build may still read it, but write to it no more.</summary>
    public bool IsObserved => Representative.isObserved;

    /// <summary>What the memory holds in the workers is not what it holds in the program, for good.</summary>
    public bool IsSpoiled => Representative.isSpoiled;

    /// <summary>Whether a delegate in it writes to the group when called.</summary>
    public bool RunsCode => Representative.runsCode;

    /// <summary>Whether a ref struct of the slice is in it: what is written there is written again in each slice that needs it.</summary>
    public bool IsInSlice
    {
        get => Representative.isInSlice;
        init => isInSlice = value;
    }

    /// <summary>Whether an object that outlives the slice is in it.</summary>
    public bool IsOnHeap
    {
        get => Representative.isOnHeap;
        init => isOnHeap = value;
    }

    private MemoryGroup Representative
    {
        get
        {
            var root = this;
            while (root.representative is { } next)
            {
                root = next;
            }

            return root;
        }
    }

    /// <summary>The group and all it reaches.</summary>
    public IEnumerable<MemoryGroup> Reach()
    {
        var seen = new HashSet<MemoryGroup>();
        var open = new Stack<MemoryGroup>();
        open.Push(Representative);
        while (open.Count > 0)
        {
            var group = open.Pop();
            if (seen.Add(group))
            {
                group.reached.ForEach(next => open.Push(next.Representative));
                yield return group;
            }
        }
    }

    public bool IsSameAs(MemoryGroup other) => Representative == other.Representative;

    /// <summary>
    /// Whether all that was done to the memory is done again by the program: run-time code sees it at a moment the build cannot tell, or it may
    /// be a static's.
    /// </summary>
    public bool StaysOriginal => Representative.staysOriginal;

    public bool CanBeRead => Reach().All(group => !group.isFrozen && !group.isSpoiled && !group.isHidden && !group.isOver);

    /// <summary>Whether nobody but the build has it, so that a last write to it may be left out.</summary>
    public bool CanBeDropped => Reach().All(group => !group.isFrozen && !group.isObserved && !group.isSpoiled);

    public bool CanBeWrittenIn(Segment segment)
    {
        var group = Representative;
        return !group.isFrozen && !group.isObserved && !group.isSpoiled && !group.isHidden && !group.isOver && group.homes.All(segment.IsEquivalentTo);
    }

    public void Freeze()
    {
        foreach (var group in Reach().Where(group => !group.isFrozen || ((group.isHidden || group.isOver) && !group.staysOriginal)))
        {
            var before = (group.isFrozen, group.staysOriginal);
            journal.Record(() => (group.isFrozen, group.staysOriginal) = before);
            group.isFrozen = true;
            group.staysOriginal |= group.isHidden || group.isOver;
        }
    }

    public void StayOriginal()
    {
        var group = Representative;
        var before = group.staysOriginal;
        journal.Record(() => group.staysOriginal = before);
        group.staysOriginal = true;
    }

    /// <summary>While the handlers of a <c>try</c> are walked whose body writes to the memory: they may begin between any two of the writes.</summary>
    public void Hide(Journal journal)
    {
        var group = Representative;
        var before = group.isHidden;
        journal.Record(() => group.isHidden = before);
        group.isHidden = true;
    }

    public void Show() => Representative.isHidden = false;

    /// <summary>Nothing of the build's uses the memory from here on.</summary>
    public void End()
    {
        var group = Representative;
        var before = group.isOver;
        journal.Record(() => group.isOver = before);
        group.isOver = true;
    }

    public void Observe()
    {
        foreach (var group in Reach().Where(group => !group.isObserved))
        {
            group.isObserved = true;
            journal.Record(() => group.isObserved = false);
        }
    }

    /// <summary>Not taken back with a trial: it says what has happened in the workers.</summary>
    public void Spoil() => Representative.isSpoiled = true;

    public void HoldsCode()
    {
        var group = Representative;
        if (!group.runsCode)
        {
            group.runsCode = true;
            journal.Record(() => group.runsCode = false);
        }
    }

    public void AddReach(MemoryGroup other)
    {
        var group = Representative;
        group.reached.Add(other);
        journal.Record(() => group.reached.RemoveAt(group.reached.Count - 1));
    }

    /// <summary>Makes one group of two, led by the older.</summary>
    public void Join(MemoryGroup other)
    {
        var (older, younger) = (Representative, other.Representative);
        if (older == younger)
        {
            return;
        }

        if (older.owner.Order > younger.owner.Order)
        {
            (older, younger) = (younger, older);
        }

        var (homeCount, reachedCount) = (older.homes.Count, older.reached.Count);
        var flags = (older.isFrozen, older.isObserved, older.runsCode, older.isInSlice, older.isOnHeap, older.isHidden, older.isOver, older.staysOriginal);
        journal.Record(() =>
        {
            younger.representative = null;
            older.homes.RemoveRange(homeCount, older.homes.Count - homeCount);
            older.reached.RemoveRange(reachedCount, older.reached.Count - reachedCount);
            (older.isFrozen, older.isObserved, older.runsCode, older.isInSlice, older.isOnHeap, older.isHidden, older.isOver, older.staysOriginal) = flags;
            younger.isSpoiled |= older.isSpoiled;
        });
        younger.representative = older;
        older.homes.AddRange(younger.homes.Where(home => !older.homes.Contains(home)));
        older.reached.AddRange(younger.reached);
        older.isFrozen |= younger.isFrozen;
        older.isObserved |= younger.isObserved;
        older.isSpoiled |= younger.isSpoiled;
        older.runsCode |= younger.runsCode;
        older.isInSlice |= younger.isInSlice;
        older.isOnHeap |= younger.isOnHeap;
        older.isHidden |= younger.isHidden;
        older.isOver |= younger.isOver;
        older.staysOriginal |= younger.staysOriginal;
    }
}
