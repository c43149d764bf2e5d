namespace GraphWeaver.Compiler.Operators;

/// <summary>The shape rule of an operator row.</summary>
public enum OperatorKind
{
    /// <summary>One tensor in, one of the same shape out.</summary>
    Unary,

    /// <summary>One tensor and one <c>int</c> that holds for all elements.</summary>
    UnaryWithInt32,

    /// <summary>Two tensors of one shape, or a tensor and a scalar in either order.</summary>
    Binary,

    /// <summary>A whole tensor to one scalar.</summary>
    Reduction,

    /// <summary>Each row of a tensor, a row being its last dimension, to one value.</summary>
    RowReduction,

    /// <summary>A tensor to one of the same shape, made of other rows, some of them row reductions.</summary>
    Composite,

    /// <summary>A library call on its own (matrix product): recognised, never fused.</summary>
    Contraction,

    /// <summary>A library call of any signature that stays one: recognised, so that nobody is warned of it, and never fused.</summary>
    Call,
}
