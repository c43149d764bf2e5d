namespace GraphWeaver.Compiler.Operators;

/// <summary>The element types for which eager may throw on a value.</summary>
public enum CheckedTypes
{
    All,
    Integers,
    SignedIntegers,
}
