namespace GraphWeaver.Compiler.Evaluation;

/// <summary>
/// How one part of a build-time value is made again, and of which other parts. A part that stands for an object is one object however often it
/// is used, by one value or by several that were read together; so the graph may have cycles.
/// </summary>
public sealed class StoredPart
{
    private IReadOnlyList<StoredPart> parts = [];
    private IReadOnlyList<StoredPart> fillParts = [];

    public required StoredKind Kind { get; init; }

    /// <summary>The exact type; for <see cref="StoredKind.Type"/> the type that is meant; null for the null reference.</summary>
    public RuntimeTypeName? Type { get; init; }

    /// <summary>Of a scalar, or of the elements of <see cref="StoredKind.Bytes"/>.</summary>
    public ValueKind ElementKind { get; init; }

    /// <summary>A scalar's bits; signed numbers are not extended.</summary>
    public long Bits { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<int> Lengths { get; init; } = [];

    public byte[] Bytes { get; init; } = [];

    /// <summary>The method of <c>GraphWeaver.Storing</c> that makes it, and its type arguments.</summary>
    public string? Create { get; init; }

    public IReadOnlyList<RuntimeTypeName> Arguments { get; init; } = [];

    /// <summary>The method that fills what was made, or null.</summary>
    public string? Fill { get; init; }

    /// <summary>The fields that <see cref="Parts"/> are the values of.</summary>
    public IReadOnlyList<StoredField> Fields { get; set; } = [];

    /// <summary>Values of fields, elements in row-major order, or arguments of the making call.</summary>
    public IReadOnlyList<StoredPart> Parts => parts;

    /// <summary>Arguments of the filling call.</summary>
    public IReadOnlyList<StoredPart> FillParts => fillParts;

    /// <summary>Whether no code can change the object itself.</summary>
    public bool IsImmutable { get; init; }

    /// <summary>Whether it only feeds a making call, so that no program sees it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whether the part stands for an object, not for a value that is copied.</summary>
    public bool IsObject => Kind is StoredKind.Made or StoredKind.Box or StoredKind.Array or StoredKind.Bytes or StoredKind.Object;

    /// <summary>Whether the object can exist before what it holds.</summary>
    public bool IsMadeEmpty => Kind is StoredKind.Array or StoredKind.Bytes or StoredKind.Object || Fill is not null;

    internal void Link(IReadOnlyList<StoredPart> parts, IReadOnlyList<StoredPart> fillParts)
    {
        this.parts = parts;
        this.fillParts = fillParts;
    }
}

/// <summary>A field of a described object.</summary>
/// <param name="DeclaringType">The type of the hierarchy that declares it, with its arguments.</param>
/// <param name="Name">Its name.</param>
/// <param name="OpenType">Its type as declared: a parameter of a generic declaring type is <c>!</c> and its place.</param>
/// <param name="IsWritable">Whether it is public and not read-only.</param>
public sealed record StoredField(RuntimeTypeName DeclaringType, string Name, RuntimeTypeName OpenType, bool IsWritable);
