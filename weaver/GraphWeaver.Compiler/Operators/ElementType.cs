namespace GraphWeaver.Compiler.Operators;

/// <summary>The element types a kernel computes with. <see cref="Boolean"/> is only ever a result.</summary>
public enum ElementType
{
    Single,
    Double,
    Int32,
    Int64,
    Boolean,
}
