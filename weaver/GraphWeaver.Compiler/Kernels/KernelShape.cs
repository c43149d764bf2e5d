namespace GraphWeaver.Compiler.Kernels;

/// <summary>How many elements a value of a kernel has, from the fewest.</summary>
public enum KernelShape
{
    /// <summary>One for the whole kernel.</summary>
    Scalar,

    /// <summary>One for each row of the kernel's shape, a row being its last dimension.</summary>
    Row,

    /// <summary>One for each element of the kernel's shape.</summary>
    Elements,
}
