using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// One parameter of a kernel: a tensor, a span of one, one scalar for all elements, or what a view of a tensor is told; or the arguments of a product, several.
/// </summary>
/// <param name="IsRow">Whether it has to have one dimension, as long as the kernel's last.</param>
public sealed record KernelInput(InputKind Kind, ElementType Type, bool IsRow = false)
{
    /// <summary>The views through which the kernel takes a tensor's elements, in order.</summary>
    public IReadOnlyList<KernelView> Views { get; init; } = [];

    /// <summary>The row of a product; null where it is none.</summary>
    public OperatorRow? Product { get; init; }

    /// <summary>Whether it is a tensor: seen through its views, it has the kernel's shape or is repeated to it.</summary>
    public bool IsTensor => Kind is InputKind.Tensor or InputKind.Span or InputKind.ReadOnlySpan or InputKind.Product;

    /// <summary>Whether it is an operand of views alone.</summary>
    public bool IsOfViews => Kind is InputKind.Range or InputKind.Number or InputKind.Dimension;

    public override string ToString() => KindText() + string.Concat(Views);

    private string KindText() => Kind switch
    {
        InputKind.Range => "range",
        InputKind.Number => "number",
        InputKind.Dimension => "dimension",
        InputKind.Scalar => Type.Keyword(),
        _ when IsRow => $"row<{Type.Keyword()}>",
        InputKind.Tensor => $"tensor<{Type.Keyword()}>",
        InputKind.Product => $"{Product!.Name}<{Type.Keyword()}>",
        InputKind.Span => $"span<{Type.Keyword()}>",
        _ => $"readonly span<{Type.Keyword()}>",
    };
}
