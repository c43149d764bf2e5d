using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GraphWeaver.Kernels;

/// <summary>Room for one partial result of a reduction per chunk. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[InlineArray(KernelRunner.MaxChunks)]
public struct KernelPartials<T>
{
    private T first;
}
