namespace GraphWeaver.Compiler.Operators;

/// <summary>The element types a row is emitted for a device for.</summary>
[Flags]
public enum DeviceTypes
{
    None = 0,

    /// <summary><c>float</c>.</summary>
    Single = 1,

    /// <summary><c>double</c>.</summary>
    Double = 2,

    /// <summary><c>float</c> and <c>double</c>.</summary>
    FloatingPoint = Single | Double,

    /// <summary>All integers of up to 64 bits.</summary>
    Integers = 4,

    /// <summary><c>bool</c>, of rows that only other rows are made of.</summary>
    Booleans = 8,

    /// <summary><c>Half</c>, which few devices have: no row is for it.</summary>
    Others = 16,
}
