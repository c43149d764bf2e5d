namespace GraphWeaver.Compiler.Kernels;

/// <summary>What a node takes: the kernel's input or the result of an earlier node with that index.</summary>
public readonly record struct KernelValue(bool IsInput, int Index)
{
    /// <summary>The kernel's input with that index.</summary>
    public static KernelValue Input(int index) => new(IsInput: true, index);

    /// <summary>The result of the node with that index.</summary>
    public static KernelValue Node(int index) => new(IsInput: false, index);

    public override string ToString() => (IsInput ? "%in" : "%") + Index;
}
