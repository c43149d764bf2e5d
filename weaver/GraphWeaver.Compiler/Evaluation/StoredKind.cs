namespace GraphWeaver.Compiler.Evaluation;

/// <summary>How one part of a value is made again. Compiled into the engine and the worker.</summary>
public enum StoredKind
{
    /// <summary>The null reference.</summary>
    Null,

    /// <summary>A number, character, truth value or enum: its bits.</summary>
    Scalar,

    String,

    /// <summary>A <c>System.Type</c>.</summary>
    Type,

    /// <summary>The default value of a structure.</summary>
    Zero,

    /// <summary>A structure, field by field.</summary>
    Structure,

    /// <summary>A structure of the framework, by a call of <c>GraphWeaver.Storing</c>.</summary>
    MadeStructure,

    /// <summary>An object of the framework, by a call of <c>GraphWeaver.Storing</c>, and another that fills it.</summary>
    Made,

    /// <summary>A structure in a box.</summary>
    Box,

    /// <summary>An array, element by element.</summary>
    Array,

    /// <summary>An array of primitives, as one run of bytes.</summary>
    Bytes,

    /// <summary>An object of a class, field by field.</summary>
    Object,
}
