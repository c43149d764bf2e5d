using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>One parameter of a kernel: a tensor, a span of one, or one scalar for all elements.</summary>
/// <param name="IsRow">Whether it has to have one dimension, as long as the kernel's last.</param>
public sealed record KernelInput(InputKind Kind, ElementType Type, bool IsRow = false)
{
    /// <summary>Whether it has one element per element of the kernel's shape.</summary>
    public bool IsTensor => Kind != InputKind.Scalar;

    public override string ToString() => Kind switch
    {
        InputKind.Scalar => Type.Keyword(),
        _ when IsRow => $"row<{Type.Keyword()}>",
        InputKind.Tensor => $"tensor<{Type.Keyword()}>",
        InputKind.Span => $"span<{Type.Keyword()}>",
        _ => $"readonly span<{Type.Keyword()}>",
    };
}
