using System.Numerics.Tensors;

namespace GraphWeaver.Benchmarks;

/// <summary>
/// The Gaussian error linear unit in its tanh form, 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) (Hendrycks and
/// Gimpel, arXiv:1606.08415), in the ways a .NET developer can write it. All round each operator as written: no fused
/// multiply-add. <see cref="Woven"/> and <see cref="Eager"/> have the same source.
/// </summary>
public static class Gelu
{
    internal const float Scale = 0.7978845608f;
    internal const float Cubic = 0.044715f;

    /// <summary>Operators on tensors, woven.</summary>
    [Graph]
    public static Tensor<float> Woven(Tensor<float> x) =>
        0.5f * x * (1f + Tensor.Tanh<float>(Scale * (x + Cubic * x * x * x)));

    /// <summary>Operators on tensors, each with a loop and a result of its own.</summary>
    public static Tensor<float> Eager(Tensor<float> x) =>
        0.5f * x * (1f + Tensor.Tanh<float>(Scale * (x + Cubic * x * x * x)));

    /// <summary>Calls of <see cref="TensorPrimitives"/>, one vectorised loop each, in place in <paramref name="y"/>.</summary>
    public static void Primitives(ReadOnlySpan<float> x, Span<float> y)
    {
        TensorPrimitives.Multiply(x, Cubic, y);
        TensorPrimitives.Multiply(y, x, y);
        TensorPrimitives.Multiply(y, x, y);
        TensorPrimitives.Add(x, y, y);
        TensorPrimitives.Multiply(y, Scale, y);
        TensorPrimitives.Tanh(y, y);
        TensorPrimitives.Add(y, 1f, y);
        TensorPrimitives.Multiply(y, x, y);
        TensorPrimitives.Multiply(y, 0.5f, y);
    }

    /// <summary>One loop over numbers.</summary>
    public static void Scalar(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Scalar(x[i]);
        }
    }

    internal static float Scalar(float x) => 0.5f * x * (1f + MathF.Tanh(Scale * (x + Cubic * x * x * x)));
}
