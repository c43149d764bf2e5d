namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// The element types a kernel computes with. <see cref="Boolean"/> is only ever a result or a mask; <see cref="NativeInteger"/> is the place a
/// reduction finds, never an element; <see cref="Other"/> is any type not named here, of elements that are moved and never looked at.
/// </summary>
public enum ElementType
{
    Single,
    Double,
    Half,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Boolean,
    NativeInteger,
    Other,
}
