namespace GraphWeaver.Compiler.Kernels;

/// <summary>One step from a tensor's elements to what a kernel reads or writes of them: a method of the runtime's <c>KernelLayout</c>.</summary>
/// <param name="Method">The method, of the view table.</param>
/// <param name="Operands">Indices of the kernel inputs it is told: ranges, numbers or a dimension.</param>
public sealed record KernelView(string Method, IReadOnlyList<int> Operands)
{
    /// <summary>The most operands a view has: one for each dimension of a layout.</summary>
    public const int MaxOperands = 8;

    public override string ToString() => $".{Method}({string.Join(", ", Operands.Select(operand => $"%in{operand}"))})";
}
