namespace GraphWeaver.Compiler.Operators;

/// <summary>The shape rule of an operator row.</summary>
public enum OperatorKind
{
    /// <summary>One tensor in, one of the same shape out.</summary>
    Unary,

    /// <summary>One tensor and one <c>int</c> that holds for all elements.</summary>
    UnaryWithInt32,

    /// <summary>One tensor and one <c>MidpointRounding</c>.</summary>
    UnaryWithMode,

    /// <summary>One tensor, one <c>int</c> and one <c>MidpointRounding</c>.</summary>
    UnaryWithInt32AndMode,

    /// <summary>Two tensors that broadcast together, or a tensor and a scalar in either order.</summary>
    Binary,

    /// <summary>A whole tensor to one scalar.</summary>
    Reduction,

    /// <summary>Two tensors that broadcast together, or a tensor and a scalar in either order, to one scalar.</summary>
    BinaryReduction,

    /// <summary>Two operands to choose from, and a tensor of Booleans, the mask, that says which.</summary>
    Selection,

    /// <summary>Each row of a tensor, a row being its last dimension, to one value.</summary>
    RowReduction,

    /// <summary>A tensor, and what is told beside it, to a tensor of the same shape, by way of values of its rows: short for other rows.</summary>
    Composite,

    /// <summary>Several operands, any of them but one a scalar, to one result of their type: two operators that a kernel has put together.</summary>
    Combined,

    /// <summary>
    /// Sums of products of some tensors, told some numbers: matrices multiplied, images convolved. A kernel that goes on with its elements makes it itself; on
    /// its own it stays a library call.
    /// </summary>
    Contraction,

    /// <summary>A library call of any signature that stays one: recognised, so that nobody is warned of it, and never fused.</summary>
    Call,

    /// <summary>
    /// Elements of any type copied to other places: a call, of any signature, of the member of the same name and signature in <c>GraphWeaver.Kernels.KernelMoves</c>.
    /// </summary>
    Move,
}
