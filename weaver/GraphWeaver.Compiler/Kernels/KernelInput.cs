using GraphWeaver.Compiler.Operators;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>One parameter of a kernel: a tensor, or one scalar for all elements.</summary>
public sealed record KernelInput(bool IsTensor, ElementType Type)
{
    public override string ToString() => IsTensor ? $"tensor<{Type.Keyword()}>" : Type.Keyword();
}
