using System.Numerics;
using System.Numerics.Tensors;

namespace GraphWeaver.Benchmarks.Programs;

/// <summary>
/// Prices of European options (Black and Scholes, 1973) at an interest rate of 2 % and a volatility of 30 %. The normal distribution is
/// formula 26.2.17 of Abramowitz and Stegun, a polynomial of degree five beside an exponential, as not every peer has an error function.
/// </summary>
public static class BlackScholes
{
    /// <summary>The prices in single precision.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static (Tensor<float> Call, Tensor<float> Put) Single(Tensor<float> spot, Tensor<float> strike, Tensor<float> years) =>
        Prices(spot, strike, years);

    /// <summary>The prices in double precision.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static (Tensor<double> Call, Tensor<double> Put) Double(Tensor<double> spot, Tensor<double> strike, Tensor<double> years) =>
        Prices(spot, strike, years);

    private static (Tensor<T> Call, Tensor<T> Put) Prices<T>(Tensor<T> spot, Tensor<T> strike, Tensor<T> years)
        where T : IFloatingPointIeee754<T>
    {
        Tensor<T> deviation = Number<T>(0.3) * Tensor.Sqrt<T>(years);
        Tensor<T> d1 = (Tensor.Log<T>(spot / strike) + Number<T>(0.065) * years) / deviation;
        Tensor<T> d2 = d1 - deviation;
        Tensor<T> p1 = Normal(d1);
        Tensor<T> p2 = Normal(d2);
        Tensor<T> discounted = strike * Tensor.Exp<T>(Number<T>(-0.02) * years);
        return (spot * p1 - discounted * p2, discounted * (T.One - p2) - spot * (T.One - p1));
    }

    private static Tensor<T> Normal<T>(Tensor<T> d)
        where T : IFloatingPointIeee754<T>
    {
        Tensor<T> k = T.One / (T.One + Number<T>(0.2316419) * Tensor.Abs<T>(d));
        Tensor<T> series = k * (Number<T>(0.319381530)
            + k * (Number<T>(-0.356563782) + k * (Number<T>(1.781477937) + k * (Number<T>(-1.821255978) + k * Number<T>(1.330274429)))));
        Tensor<T> tail = Number<T>(0.3989422804014327) * Tensor.Exp<T>(Number<T>(-0.5) * d * d) * series;
        return TensorMath.Where(Tensor.GreaterThan(d, T.Zero), T.One - tail, tail);
    }

    private static T Number<T>(double value)
        where T : INumberBase<T> => T.CreateTruncating(value);
}
