namespace GraphWeaver.Compiler.Kernels;

/// <summary>How a kernel takes an input.</summary>
public enum InputKind
{
    /// <summary>One value for all elements.</summary>
    Scalar,

    /// <summary>A <c>Tensor&lt;T&gt;</c>.</summary>
    Tensor,

    /// <summary>A <c>ReadOnlyTensorSpan&lt;T&gt;</c>, by reference.</summary>
    ReadOnlySpan,

    /// <summary>A <c>TensorSpan&lt;T&gt;</c>, by reference.</summary>
    Span,

    /// <summary>A contraction, told its arguments, which the kernel makes itself: its elements are the kernel's.</summary>
    Product,

    /// <summary>An <c>NRange</c> that a view of a tensor is told.</summary>
    Range,

    /// <summary>An <c>nint</c> that a view of a tensor is told.</summary>
    Number,

    /// <summary>An <c>int</c> that a view of a tensor is told.</summary>
    Dimension,
}
