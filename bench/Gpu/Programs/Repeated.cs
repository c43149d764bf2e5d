using System.Numerics.Tensors;

namespace GraphWeaver.Benchmarks.Programs;

/// <summary>
/// The programs some times in a row within one call: what their kernels read stays on the device, and what they write comes back once, at the end. One call more takes what the work
/// takes on tensors that are there.
/// </summary>
public static class Repeated
{
    /// <summary><see cref="GeluChain.Into"/>.</summary>
    [Graph]
    public static void Gelu(Tensor<float> x, Tensor<float> result, int calls)
    {
        for (int call = 0; call < calls; call++)
        {
            GeluChain.Into(x, result);
        }
    }

    /// <summary><see cref="BlackScholes.SingleInto"/>.</summary>
    [Graph]
    public static void Prices(Tensor<float> spot, Tensor<float> strike, Tensor<float> years, Tensor<float> call, Tensor<float> put, int calls)
    {
        for (int pass = 0; pass < calls; pass++)
        {
            BlackScholes.SingleInto(spot, strike, years, call, put);
        }
    }

    /// <summary><see cref="SoftMax.Into"/>.</summary>
    [Graph]
    public static void Shares(Tensor<float> x, Tensor<float> result, int calls)
    {
        for (int call = 0; call < calls; call++)
        {
            SoftMax.Into(x, result);
        }
    }

    /// <summary><see cref="LayerNorm.Into"/>.</summary>
    [Graph]
    public static void Normalised(Tensor<float> x, Tensor<float> gain, Tensor<float> bias, Tensor<float> result, int calls)
    {
        for (int call = 0; call < calls; call++)
        {
            LayerNorm.Into(x, gain, bias, result);
        }
    }

    /// <summary><see cref="Mlp.Run"/>; the result of the last.</summary>
    [Graph]
    public static Tensor<float> Layers(
        Tensor<float> x, Tensor<float> w1, Tensor<float> b1, Tensor<float> w2, Tensor<float> b2, Tensor<float> w3, Tensor<float> b3, int calls)
    {
        Tensor<float> result = Mlp.Run(x, w1, b1, w2, b2, w3, b3);
        for (int call = 1; call < calls; call++)
        {
            result = Mlp.Run(x, w1, b1, w2, b2, w3, b3);
        }

        return result;
    }
}
