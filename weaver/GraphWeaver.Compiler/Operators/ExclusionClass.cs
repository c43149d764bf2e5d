namespace GraphWeaver.Compiler.Operators;

/// <summary>Why a public static method of <c>Tensor</c> is no row of the operator table.</summary>
public enum ExclusionClass
{
    /// <summary>Computes values, and is left to .NET: a call that a kernel cannot take in.</summary>
    Fallback,

    /// <summary>Draws random numbers: no two calls are alike.</summary>
    Random,

    /// <summary>Makes a tensor or a span from an array or a shape and computes nothing.</summary>
    Creation,

    /// <summary>Moves elements or looks at them in another shape and computes nothing.</summary>
    Move,

    /// <summary>Gives its operand back: kernels look through it.</summary>
    Alias,
}
