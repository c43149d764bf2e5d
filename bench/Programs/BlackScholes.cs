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

    /// <summary>The prices in single precision, in <paramref name="call"/> and <paramref name="put"/>.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static void SingleInto(Tensor<float> spot, Tensor<float> strike, Tensor<float> years, Tensor<float> call, Tensor<float> put) =>
        PricesInto(spot, strike, years, call, put);

    /// <summary>The prices in double precision.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static (Tensor<double> Call, Tensor<double> Put) Double(Tensor<double> spot, Tensor<double> strike, Tensor<double> years) =>
        Prices(spot, strike, years);

    /// <summary>The prices in double precision, in <paramref name="call"/> and <paramref name="put"/>.</summary>
    [Graph(FastMath = Mode.FastMath)]
    public static void DoubleInto(Tensor<double> spot, Tensor<double> strike, Tensor<double> years, Tensor<double> call, Tensor<double> put) =>
        PricesInto(spot, strike, years, call, put);

    private static (Tensor<T> Call, Tensor<T> Put) Prices<T>(Tensor<T> spot, Tensor<T> strike, Tensor<T> years)
        where T : IFloatingPointIeee754<T>
    {
        Tensor<T> deviation = Number<T>(0.3) * Tensor.Sqrt<T>(years);
        Tensor<T> d1 = Distance(spot, strike, years, deviation);
        Tensor<T> p1 = Normal(d1);
        Tensor<T> p2 = Normal(d1 - deviation);
        Tensor<T> discounted = Discounted(strike, years);
        return (spot * p1 - discounted * p2, discounted * (T.One - p2) - spot * (T.One - p1));
    }

    private static void PricesInto<T>(Tensor<T> spot, Tensor<T> strike, Tensor<T> years, Tensor<T> call, Tensor<T> put)
        where T : IFloatingPointIeee754<T>
    {
        Tensor<T> deviation = Number<T>(0.3) * Tensor.Sqrt<T>(years);
        Tensor<T> d1 = Distance(spot, strike, years, deviation);
        Tensor<T> p1 = Normal(d1);
        Tensor<T> p2 = Normal(d1 - deviation);
        Tensor<T> discounted = Discounted(strike, years);
        Tensor.Subtract<T>(spot * p1, discounted * p2, call);
        Tensor.Subtract<T>(discounted * (T.One - p2), spot * (T.One - p1), put);
    }

    private static Tensor<T> Distance<T>(Tensor<T> spot, Tensor<T> strike, Tensor<T> years, Tensor<T> deviation)
        where T : IFloatingPointIeee754<T> => (Tensor.Log<T>(spot / strike) + Number<T>(0.065) * years) / deviation;

    private static Tensor<T> Discounted<T>(Tensor<T> strike, Tensor<T> years)
        where T : IFloatingPointIeee754<T> => strike * Tensor.Exp<T>(Number<T>(-0.02) * years);

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
