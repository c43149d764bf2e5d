namespace GraphWeaver.Compiler.Operators;

/// <summary>The element types a row is emitted for a device for.</summary>
[Flags]
public enum DeviceTypes
{
    None = 0,

    /// <summary><c>float</c> and <c>double</c>.</summary>
    FloatingPoint = 1,

    /// <summary><c>int</c>, <c>uint</c>, <c>long</c> and <c>ulong</c>.</summary>
    Integers = 2,

    /// <summary>All others, for which no row is.</summary>
    Others = 4,
}
