using System.ComponentModel;

namespace GraphWeaver.Kernels;

/// <summary>The loop of a generated kernel over a part of its elements. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IKernel
{
    /// <summary>Computes the elements from <paramref name="start"/> up to, not including, <paramref name="end"/>. Called by several threads at once, each with its own chunk.</summary>
    /// <param name="chunk">The index of the chunk, from 0: where a reduction puts its partial result.</param>
    /// <param name="start">The first element.</param>
    /// <param name="end">The element after the last.</param>
    /// <returns>False to give up: no further chunk is started, and the caller runs the original instructions.</returns>
    public bool Execute(int chunk, nint start, nint end);
}
