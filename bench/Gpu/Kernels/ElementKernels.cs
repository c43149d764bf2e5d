using global::ILGPU;
using global::ILGPU.Algorithms;
using global::ILGPU.Util;

namespace GraphWeaver.Benchmarks.Gpu.Kernels;

/// <summary>One thread for an element.</summary>
internal static class ElementKernels
{
    public static void Gelu<TFunctions>(Index1D i, ArrayView<float> x, ArrayView<float> y)
        where TFunctions : struct, IFunctions
    {
        float v = x[i];
        y[i] = 0.5f * v * (1f + default(TFunctions).Tanh(0.7978845608f * (v + 0.044715f * v * v * v)));
    }

    public static void BlackScholes<TFunctions>(
        Index1D i, ArrayView<float> spots, ArrayView<float> strikes, ArrayView<float> years, ArrayView<float> calls, ArrayView<float> puts)
        where TFunctions : struct, IFunctions
    {
        TFunctions functions = default;
        float spot = spots[i];
        float strike = strikes[i];
        float t = years[i];
        float deviation = 0.3f * XMath.Sqrt(t);
        float d1 = (functions.Log(spot / strike) + 0.065f * t) / deviation;
        float p1 = Normal<TFunctions>(d1);
        float p2 = Normal<TFunctions>(d1 - deviation);
        float discounted = strike * functions.Exp(-0.02f * t);
        calls[i] = spot * p1 - discounted * p2;
        puts[i] = discounted * (1f - p2) - spot * (1f - p1);
    }

    private static float Normal<TFunctions>(float d)
        where TFunctions : struct, IFunctions
    {
        float k = 1f / (1f + 0.2316419f * XMath.Abs(d));
        float series = k * (0.319381530f + k * (-0.356563782f + k * (1.781477937f + k * (-1.821255978f + k * 1.330274429f))));
        float tail = 0.3989422804014327f * default(TFunctions).Exp(-0.5f * d * d) * series;
        return Utilities.Select(d > 0f, 1f - tail, tail);
    }
}
