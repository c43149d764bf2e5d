namespace GraphWeaver.Compiler.Evaluation;

/// <summary>One value in the workers' table, with its contents when they can be stored in an assembly.</summary>
public sealed class BuildValue
{
    /// <summary>Its number in the workers' table.</summary>
    public required int Handle { get; init; }

    /// <summary>The lowest handle that holds the same object; its own for a value type, null or a first sight.</summary>
    public required int Identity { get; init; }

    public required ValueKind Kind { get; init; }

    /// <summary>The type at run time; null only for <see cref="ValueKind.Null"/>.</summary>
    public RuntimeTypeName? Type { get; init; }

    /// <summary>The type's name with its assembly, or the empty string for null.</summary>
    public string TypeName => Type?.ToString() ?? "";

    /// <summary>
    /// A scalar (enums as their underlying value, <see cref="ValueKind.Half"/> as its bits in a <see cref="ushort"/>,
    /// <see cref="ValueKind.IntPtr"/> and <see cref="ValueKind.UIntPtr"/> as 64 bits), a string, a <c>string?[]</c> or a <see cref="RuntimeTypeName"/>.
    /// </summary>
    public object? Value { get; init; }

    /// <summary>The kind of an array's or tensor's elements.</summary>
    public ValueKind ElementKind { get; init; }

    /// <summary>Length of each dimension of an array or tensor.</summary>
    public IReadOnlyList<long> Lengths { get; init; } = [];

    /// <summary>Whether a tensor is laid out as a new one of its shape is; one with other strides or pinned memory is not.</summary>
    public bool IsDense { get; init; }

    /// <summary>Content of an array or tensor: row-major, elements little-endian, nothing between.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>
    /// How the assembly can make the value again; null when it cannot, and in what <see cref="IEvaluator.Execute"/> gives, which shows values
    /// only. Values that one <see cref="IEvaluator.Read"/> gives share the parts they share as objects.
    /// </summary>
    public StoredPart? Content { get; internal set; }

    /// <summary>Why a value that was read has no <see cref="Content"/>, as the end of a sentence.</summary>
    public string? Obstacle { get; internal set; }

    /// <summary>Which reading described it; values of different readings do not say what they share.</summary>
    public object? Reading { get; internal set; }

    /// <summary>A short text for messages and GW0101, under the invariant culture.</summary>
    public string Display { get; init; } = "";
}
