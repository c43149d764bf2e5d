namespace GraphWeaver.Compiler.Operators;

/// <summary>How a table operator takes one argument.</summary>
public enum OperandRole
{
    /// <summary>A <c>Tensor&lt;T&gt;</c> reference.</summary>
    Tensor,

    /// <summary>
    /// An <c>in ReadOnlyTensorSpan&lt;T&gt;</c> or <c>in TensorSpan&lt;T&gt;</c>: an address of a span made from a tensor.
    /// </summary>
    TensorSpan,

    /// <summary>One value for all elements: the element type itself, or an <c>int</c> (shift count, root, digits).</summary>
    Scalar,

    /// <summary>A <c>bool</c> that has to be constant where the call is part of a kernel.</summary>
    Flag,
}
