using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// One operator of a kernel: its row, the element type it computes in, its result's element type and its operands in parameter order.
/// </summary>
/// <param name="KeepsDimensions">Whether a row reduction's result keeps the reduced dimension, with length 1.</param>
public sealed record KernelNode(
    OperatorRow Row, ElementType ElementType, ElementType ResultType, IReadOnlyList<KernelValue> Operands, bool KeepsDimensions = false)
{
    /// <summary>Whether all elements become one.</summary>
    public bool IsReduction => Row.IsReduction;

    /// <summary>Whether the elements of each row become one; the second operand is the dimension, which has to be the last.</summary>
    public bool IsRowReduction => Row.Kind == OperatorKind.RowReduction;

    /// <summary>The operands that are computed with.</summary>
    public IEnumerable<KernelValue> Arguments => IsRowReduction ? Operands.Take(1) : Operands;

    /// <summary>How the operator is emitted for this node's element type.</summary>
    public CpuEmission Emission => Row.EmissionFor(ElementType)!;
}
