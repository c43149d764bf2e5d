namespace GraphWeaver.Compiler.Kernels;

/// <summary>The forms of the method that runs a kernel's stages over one chunk, by where the elements of its tensors lie.</summary>
internal enum ExecuteForm
{
    /// <summary>All tensors are dense and of one shape.</summary>
    Flat,

    /// <summary>All tensors have rows that lie side by side in memory and begin at even distances.</summary>
    EvenRows,

    /// <summary>Any layout that a <c>KernelSpace</c> holds.</summary>
    Space,
}
