using System.Numerics.Tensors;

namespace GraphWeaver.Benchmarks.Programs;

/// <summary>The product of two matrices by itself.</summary>
public static class Product
{
    /// <summary>The product in a fresh tensor.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static Tensor<float> Run(Tensor<float> x, Tensor<float> y) => TensorMath.MatMul(x, y);
}
