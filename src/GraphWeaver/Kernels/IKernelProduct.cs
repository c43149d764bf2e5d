using System.ComponentModel;
using System.Numerics.Tensors;

namespace GraphWeaver.Kernels;

/// <summary>
/// A tensor whose elements are sums of products, of which each operand is read again and again: matrices multiplied, images convolved. It holds what the
/// call was given, good or bad, is asked before anything is written, and computed with the kernel that goes on with its elements. For generated code.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IKernelProduct<T>
{
    /// <summary>The layout of the result, which is dense.</summary>
    /// <returns>False where the call throws, and where the result or an operand is empty, or the result longer than a kernel takes.</returns>
    public bool TryGetLayout(out KernelLayout layout);

    /// <summary>Whether no operand shares memory with elements that lie from <paramref name="lowest"/> to <paramref name="highest"/> after the first.</summary>
    public bool IsApart<TOther>(ref TOther first, nint lowest, nint highest);

    /// <summary>
    /// Computes the product into a dense tensor of its shape, and runs <paramref name="epilogue"/> over each block of it that is finished, while it is in
    /// cache: it may write over the elements it is run over.
    /// </summary>
    /// <returns>False when the epilogue gave up.</returns>
    public bool Compute(Tensor<T> result, KernelEpilogue epilogue);
}
