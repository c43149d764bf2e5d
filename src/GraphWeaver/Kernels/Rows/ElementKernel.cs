using System.Numerics.Tensors;

namespace GraphWeaver.Kernels.Rows;

/// <summary>A function of each element. Before: dense tensors of one shape. After: every element of the result is written.</summary>
internal readonly struct ElementKernel<T, TFunction>(Tensor<T> x, Tensor<T> result) : IKernel
    where TFunction : struct, IElementFunction<T>
{
    public bool Execute(int chunk, nint start, nint end)
    {
        TFunction.Invoke(DenseTensor.Span(x, start, end - start), DenseTensor.Span(result, start, end - start));
        return true;
    }
}
