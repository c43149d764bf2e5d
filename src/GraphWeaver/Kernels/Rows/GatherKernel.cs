using System.Numerics.Tensors;

namespace GraphWeaver.Kernels.Rows;

/// <summary>Copies rows by their indices. Before: dense tensors, indices of rows. After: every element of the result is written.</summary>
internal readonly struct GatherKernel<T>(Tensor<T> x, int[] indices, nint length, Tensor<T> result) : IKernel
{
    public bool Execute(int chunk, nint start, nint end)
    {
        for (nint row = start; row < end; row++)
        {
            DenseTensor.Span(x, indices[row] * length, length).CopyTo(DenseTensor.Span(result, row * length, length));
        }

        return true;
    }
}
