namespace GraphWeaver.Compiler.Binding;

/// <summary>Which of the memory it is given an instruction writes to.</summary>
internal enum Extent
{
    Nothing,

    /// <summary>The local it works on.</summary>
    Local,

    /// <summary>What its first input is or points to.</summary>
    Receiver,

    /// <summary>Anything reached from its inputs.</summary>
    Everything,
}

/// <summary>How the build may execute an instruction.</summary>
internal sealed record FoldPlan
{
    public static readonly FoldPlan Pure = new();

    public Extent Writes { get; init; }

    /// <summary>Whether what it writes to may afterwards refer to its other inputs.</summary>
    public bool Keeps { get; init; } = true;

    /// <summary>Whether its value is a new object, which may read its inputs but shares no memory with them.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Whether its value is an object that nobody can change, though others of its type can be.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Whether the reference it gives leads into its first input and no other.</summary>
    public bool IsPartOfReceiver { get; init; }

    /// <summary>Whether its value is a reference or span that leads to another place once what its inputs hold has changed.</summary>
    public bool DependsOnContents { get; init; }

    /// <summary>Whether it may call delegates it is given.</summary>
    public bool CallsCode { get; init; }

    /// <summary>Whether its value may be an object that a static holds: a copy of it would be another one.</summary>
    public bool MayAliasStatics { get; init; }

    /// <summary>Whether its value is a delegate that writes to what it has captured, or may be a lazy sequence that does.</summary>
    public bool HoldsCode { get; init; }
}
