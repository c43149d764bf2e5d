namespace GraphWeaver.Kernels.MatrixMultiplication;

/// <summary>Nothing to do with the elements of a product.</summary>
internal readonly struct NoEpilogue : IKernel
{
    public bool Execute(int chunk, nint start, nint end) => true;
}
