namespace GraphWeaver.Compiler.Operators;

/// <summary>
/// The element types a kernel computes with. <see cref="Boolean"/> is a result, or an operand that chooses; <see cref="NativeInteger"/> is the
/// place a reduction finds, never an element.
/// </summary>
public enum ElementType
{
    Single,
    Double,
    Int32,
    Int64,
    Boolean,
    NativeInteger,
}
