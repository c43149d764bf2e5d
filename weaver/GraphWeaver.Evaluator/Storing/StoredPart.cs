using GraphWeaver.Compiler.Evaluation;

namespace GraphWeaver.Evaluator.Storing;

/// <summary>One part of a described value: how it is made, and of which other parts, by number.</summary>
internal sealed class StoredPart
{
    public required StoredKind Kind { get; init; }

    /// <summary>The exact type; for <see cref="StoredKind.Type"/> the type that is meant.</summary>
    public Type? Type { get; init; }

    public ValueKind Element { get; init; }

    public long Bits { get; init; }

    public string? Text { get; init; }

    public int[] Lengths { get; init; } = [];

    public byte[] Bytes { get; init; } = [];

    /// <summary>The call that makes it.</summary>
    public string? Create { get; init; }

    public Type[] Arguments { get; init; } = [];

    /// <summary>Fields in the order of their layout, elements in row-major order, or the making call's arguments.</summary>
    public int[] Parts { get; init; } = [];

    /// <summary>The call that fills what was made, or null.</summary>
    public string? Fill { get; init; }

    public int[] FillParts { get; init; } = [];

    /// <summary>Whether no code can change the object, so that one may serve every call.</summary>
    public bool IsImmutable { get; init; }

    /// <summary>An array that only feeds a making call: no program sees it.</summary>
    public bool IsHidden { get; set; }
}
