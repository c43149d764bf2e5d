namespace GraphWeaver.Compiler.Operators;

/// <summary>How the result's element type follows from the operand's.</summary>
public enum ResultType
{
    Same,
    Boolean,
    Int32,

    /// <summary>The place of an element, an <c>nint</c>.</summary>
    Index,

    /// <summary>The method's second generic argument.</summary>
    Converted,
}
