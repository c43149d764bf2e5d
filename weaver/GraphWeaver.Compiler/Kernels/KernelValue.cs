namespace GraphWeaver.Compiler.Kernels;

/// <summary>What a node takes: the kernel's input or the result of an earlier node with that index.</summary>
public readonly record struct KernelValue(bool IsInput, int Index)
{
    public override string ToString() => (IsInput ? "%in" : "%") + Index;
}
