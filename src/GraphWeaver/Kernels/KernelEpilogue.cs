using System.ComponentModel;

namespace GraphWeaver.Kernels;

/// <summary>
/// What is done with the elements of a product once they are finished: a kernel over the elements of the results in row-major order, by its
/// address, since other threads run it. It has no part in the sums, so the product has the same bits with any. Its type does not show, so that
/// the code of products is compiled once for all kernels. The default is nothing to do.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct KernelEpilogue : IKernel
{
    private readonly void* kernel;
    private readonly delegate*<void*, nint, nint, bool> execute;

    /// <summary>An epilogue.</summary>
    /// <param name="kernel">The kernel; it does not move.</param>
    /// <param name="execute">Executes it over the elements from a first to before a last; false when it gave up.</param>
    /// <param name="cost">The cost of one of its elements in float additions.</param>
    internal KernelEpilogue(void* kernel, delegate*<void*, nint, nint, bool> execute, int cost)
    {
        this.kernel = kernel;
        this.execute = execute;
        Cost = cost;
    }

    internal int Cost { get; }

    internal bool IsNone => execute == null;

    /// <inheritdoc/>
    public bool Execute(int chunk, nint start, nint end) => Run(start, end);

    /// <summary>Runs the kernel over finished elements.</summary>
    /// <returns>False when it gave up.</returns>
    internal bool Run(nint start, nint end) => IsNone || execute(kernel, start, end);
}
