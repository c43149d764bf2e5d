using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>
/// One operator of a kernel: its row, the element type it computes in, its result's element type and its operands in parameter order.
/// </summary>
public sealed record KernelNode(OperatorRow Row, ElementType ElementType, ElementType ResultType, IReadOnlyList<KernelValue> Operands)
{
    public bool IsReduction => Row.IsReduction;

    /// <summary>How the operator is emitted for this node's element type.</summary>
    public CpuEmission Emission => Row.EmissionFor(ElementType)!;
}
