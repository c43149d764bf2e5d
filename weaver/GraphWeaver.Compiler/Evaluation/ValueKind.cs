namespace GraphWeaver.Compiler.Evaluation;

/// <summary>What a build-time value is, as far as the assembly can store it.</summary>
public enum ValueKind
{
    Null,
    Boolean,
    Char,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    IntPtr,
    UIntPtr,
    Half,
    Single,
    Double,
    Decimal,
    String,

    /// <summary>A <c>System.Type</c>; the value is its name.</summary>
    Type,

    /// <summary>An array of a primitive or enum element: lengths and bytes.</summary>
    Array,

    /// <summary>A <c>string[]</c>: the value is a <c>string?[]</c>.</summary>
    StringArray,

    /// <summary>A <c>Tensor&lt;T&gt;</c> of a primitive: lengths and its content in row-major order, dense whatever its strides were.</summary>
    Tensor,

    /// <summary>Cannot be stored; the display text shows it to people.</summary>
    Other,

    /// <summary>Could be stored, but is over the payload limit. The handle is good.</summary>
    TooLarge,
}
