using Mono.Cecil;

namespace GraphWeaver.Compiler.Kernels;

/// <summary>What a kernel's method asks before it runs, and what follows from the shapes: one form for tensors that are dense and alike, one for all.</summary>
internal interface IKernelGuard
{
    /// <summary>Emits the questions about the shapes of the inputs.</summary>
    public void EmitShapes();

    /// <summary>Emits the question whether a destination shares no memory with another tensor input, or as much as it may.</summary>
    public void EmitApart(KernelDestination destination, int other);

    /// <summary>Pushes the least and the largest distance of an element from an input's first.</summary>
    public void EmitExtent(int input);

    /// <summary>Pushes a fresh tensor for a node that is given out, or the spare one.</summary>
    public void EmitAllocation(int node, ParameterDefinition? spare);

    /// <summary>Pushes the lengths of what has the shape of all the kernel's elements.</summary>
    public void EmitShape();

    /// <summary>Emits the run over all elements.</summary>
    public void EmitRun();

    /// <summary>Pushes the number of elements.</summary>
    public void EmitLength();

    /// <summary>Pushes the space, where there is one, and the accesses of all tensors.</summary>
    public void EmitReach();

    /// <summary>Pushes the number of chunks the run made.</summary>
    public void EmitChunkCount();
}
